package io.hookline.deliverer.http;

import io.hookline.deliverer.endpoint.TlsIdentity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections for each identity under one client, and one for all requests without: Apache's own pools hand a connection without
 * state to a request with state, which would show the wrong certificate, or none. Which identity a request has is its state. Thread-safe.
 */
final class IdentityPools implements AsyncClientConnectionManager {
    /** Far longer than any connection is kept, so that whoever is forgotten has none. */
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final PoolingAsyncClientConnectionManager common;
    private final Function<TlsIdentity, PoolingAsyncClientConnectionManager> opener;
    private final Map<TlsIdentity, OwnPool> own = new ConcurrentHashMap<>();

    /**
     * @param common pool of requests without an identity
     * @param opener makes the pool of an identity
     */
    IdentityPools(
            PoolingAsyncClientConnectionManager common,
            Function<TlsIdentity, PoolingAsyncClientConnectionManager> opener) {
        this.common = common;
        this.opener = opener;
    }

    /** The pool of one identity, and when it was last asked for a connection. */
    private static final class OwnPool {
        private final PoolingAsyncClientConnectionManager connections;
        private volatile long usedNanos = System.nanoTime();

        OwnPool(PoolingAsyncClientConnectionManager connections) {
            this.connections = connections;
        }

        boolean isForgettable() {
            return System.nanoTime() - usedNanos > FORGOTTEN_NANOS && open(connections) == 0;
        }
    }

    /** An endpoint that remembers which pool it is from. */
    private static final class Owned extends AsyncConnectionEndpoint {
        private final PoolingAsyncClientConnectionManager pool;
        private final AsyncConnectionEndpoint endpoint;

        Owned(PoolingAsyncClientConnectionManager pool, AsyncConnectionEndpoint endpoint) {
            this.pool = pool;
            this.endpoint = endpoint;
        }

        @Override
        public void execute(
                String id,
                AsyncClientExchangeHandler handler,
                HandlerFactory<AsyncPushConsumer> push,
                HttpContext context) {
            endpoint.execute(id, handler, push, context);
        }

        @Override
        public boolean isConnected() {
            return endpoint.isConnected();
        }

        @Override
        public void setSocketTimeout(Timeout timeout) {
            endpoint.setSocketTimeout(timeout);
        }

        @Override
        public void close(CloseMode mode) {
            endpoint.close(mode);
        }
    }

    @Override
    public Future<AsyncConnectionEndpoint> lease(
            String id,
            HttpRoute route,
            @Nullable Object state,
            Timeout timeout,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        if (!(state instanceof TlsIdentity identity)) {
            return common.lease(id, route, null, timeout, callback);
        }
        OwnPool found = own.computeIfAbsent(identity, missing -> new OwnPool(opener.apply(missing)));
        found.usedNanos = System.nanoTime();
        PoolingAsyncClientConnectionManager pool = found.connections;
        return pool.lease(id, route, null, timeout, new CallbackContribution<AsyncConnectionEndpoint>(callback) {
            @Override
            public void completed(AsyncConnectionEndpoint endpoint) {
                callback.completed(new Owned(pool, endpoint));
            }
        });
    }

    @Override
    public void release(AsyncConnectionEndpoint endpoint, @Nullable Object state, TimeValue keepAlive) {
        if (endpoint instanceof Owned owned) {
            owned.pool.release(owned.endpoint, null, keepAlive);
        } else {
            common.release(endpoint, null, keepAlive);
        }
    }

    @Override
    public Future<AsyncConnectionEndpoint> connect(
            AsyncConnectionEndpoint endpoint,
            ConnectionInitiator initiator,
            Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        if (endpoint instanceof Owned owned) {
            return owned.pool.connect(
                    owned.endpoint,
                    initiator,
                    timeout,
                    attachment,
                    context,
                    new CallbackContribution<AsyncConnectionEndpoint>(callback) {
                        @Override
                        public void completed(AsyncConnectionEndpoint connected) {
                            callback.completed(owned);
                        }
                    });
        }
        return common.connect(endpoint, initiator, timeout, attachment, context, callback);
    }

    @Override
    public void upgrade(AsyncConnectionEndpoint endpoint, @Nullable Object attachment, HttpContext context) {
        if (endpoint instanceof Owned owned) {
            owned.pool.upgrade(owned.endpoint, attachment, context);
        } else {
            common.upgrade(endpoint, attachment, context);
        }
    }

    @Override
    public void upgrade(
            AsyncConnectionEndpoint endpoint,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        if (endpoint instanceof Owned owned) {
            owned.pool.upgrade(
                    owned.endpoint, attachment, context, new CallbackContribution<AsyncConnectionEndpoint>(callback) {
                        @Override
                        public void completed(AsyncConnectionEndpoint upgraded) {
                            callback.completed(owned);
                        }
                    });
        } else {
            common.upgrade(endpoint, attachment, context, callback);
        }
    }

    /** Closes connections that are too old, and forgets identities that nobody has used for long. */
    void closeExpired() {
        each(PoolingAsyncClientConnectionManager::closeExpired);
        own.values().removeIf(OwnPool::isForgettable);
    }

    /** Closes connections that are idle for so long. */
    void closeIdle(TimeValue idle) {
        each(pool -> pool.closeIdle(idle));
    }

    /** Whether there are more connections than that, and some of them are idle. */
    boolean isIdleBeyond(int connectionsMax) {
        int[] open = {0};
        int[] idle = {0};
        each(pool -> {
            open[0] += open(pool);
            idle[0] += pool.getTotalStats().getAvailable();
        });
        return idle[0] > 0 && open[0] > connectionsMax;
    }

    private static int open(PoolingAsyncClientConnectionManager pool) {
        PoolStats stats = pool.getTotalStats();
        return stats.getAvailable() + stats.getLeased();
    }

    private void each(Consumer<PoolingAsyncClientConnectionManager> action) {
        action.accept(common);
        own.values().forEach(pool -> action.accept(pool.connections));
    }

    @Override
    public void close() {
        each(PoolingAsyncClientConnectionManager::close);
    }

    @Override
    public void close(CloseMode mode) {
        each(pool -> pool.close(mode));
    }
}
