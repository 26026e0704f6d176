package io.hookline.deliverer.http;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that stand only after their exchange was given up: Apache's client goes on connecting what was cancelled and then keeps
 * a connection that nobody holds.
 */
final class ConnectionWatch implements AsyncClientConnectionOperator {
    private final AsyncClientConnectionOperator operator;

    ConnectionWatch(AsyncClientConnectionOperator operator) {
        this.operator = operator;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(initiator, host, local, timeout, attachment, callback);
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(initiator, host, name, local, timeout, attachment, context, watched(context, callback));
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable Path unixSocket,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(
                initiator, host, unixSocket, name, local, timeout, attachment, context, watched(context, callback));
    }

    @Override
    public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, @Nullable Object attachment) {
        operator.upgrade(connection, host, attachment);
    }

    @Override
    public void upgrade(
            ManagedAsyncClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        operator.upgrade(connection, host, name, attachment, context, callback);
    }

    private static FutureCallback<ManagedAsyncClientConnection> watched(
            HttpContext context, FutureCallback<ManagedAsyncClientConnection> callback) {
        if (context.getAttribute(EndpointClient.SUBMISSION) instanceof Submission submission) {
            submission.connecting();
            return new Watched(submission.exchange(), callback);
        }
        return callback;
    }

    private record Watched(Exchange exchange, FutureCallback<ManagedAsyncClientConnection> callback)
            implements FutureCallback<ManagedAsyncClientConnection> {
        @Override
        public void completed(ManagedAsyncClientConnection connection) {
            if (!exchange.connected(connection)) {
                connection.close(CloseMode.IMMEDIATE);
                callback.failed(new ConnectionClosedException("given up before it stood"));
            } else {
                callback.completed(connection);
            }
        }

        @Override
        public void failed(Exception cause) {
            callback.failed(cause);
        }

        @Override
        public void cancelled() {
            callback.cancelled();
        }
    }
}
