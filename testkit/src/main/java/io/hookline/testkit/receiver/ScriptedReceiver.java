package io.hookline.testkit.receiver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A webhook receiver on a loopback port: each path is an {@link #endpoint endpoint} with a {@link Script}, other paths answer 404.
 * Delayed and withheld answers hold no thread. Every request is kept in its endpoint's log and, if wanted, appended to a
 * file as a JSON line once it has ended. Any thread.
 */
public final class ScriptedReceiver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ScriptedReceiver.class);
    private static final long FLUSH_MS = 100;
    private static final int START_SECONDS_MAX = 10;
    private static final int STOP_SECONDS_MAX = 10;

    private final Map<String, ScriptedEndpoint> endpoints = new ConcurrentHashMap<>();
    private final int requestsMax;
    private final ReceiverContext context;
    private final ScheduledThreadPoolExecutor timer;
    private final HttpAsyncServer server;
    private final int port;
    private final ScriptedEndpoint elsewhere;

    private ScriptedReceiver(Builder builder, @Nullable LogFile logFile) {
        requestsMax = builder.requestsMax;
        timer = new ScheduledThreadPoolExecutor(1, run -> daemon(run, "receiver-timer"));
        context = new ReceiverContext(
                builder.clock, timer, new WaitingExchanges(), builder.bodyBytesMax, logFile, builder.onEnded);
        server = server(builder.ioThreads);
        try {
            server.start();
            port = listen(builder.port);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        elsewhere = newEndpoint("/", Scripts.status(404));
        if (logFile != null) {
            var unused = timer.scheduleWithFixedDelay(logFile::flush, FLUSH_MS, FLUSH_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** On a free port, with one I/O thread and no log file. */
    public static ScriptedReceiver start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Makes, or finds, the endpoint of a path such as {@code /crm}, and gives it this script. */
    public ScriptedEndpoint endpoint(String path, Script script) {
        if (!path.startsWith("/") || path.contains("?")) {
            throw new IllegalArgumentException("path '" + path + "' must begin with / and have no query");
        }
        return endpoints.computeIfAbsent(path, p -> newEndpoint(p, script)).script(script);
    }

    /** What was sent to paths that are no endpoint. */
    public ScriptedEndpoint elsewhere() {
        return elsewhere;
    }

    public int port() {
        return port;
    }

    /** Writes the log file's buffered lines out; happens by itself ten times a second. */
    public void flushLog() {
        LogFile file = context.logFile();
        if (file != null) {
            file.flush();
        }
    }

    /** Closes all connections; pending requests end unanswered. */
    @Override
    public void close() {
        timer.shutdownNow();
        server.close(CloseMode.IMMEDIATE);
        try {
            server.awaitShutdown(TimeValue.ofSeconds(STOP_SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.waiting().abandonAll();
        LogFile file = context.logFile();
        if (file != null) {
            file.close();
        }
    }

    private ScriptedEndpoint newEndpoint(String path, Script script) {
        return new ScriptedEndpoint(URI.create("http://127.0.0.1:" + port + path), script, new RequestLog(requestsMax));
    }

    /** Null, which the server answers with 404, for the instant in which a fixed port is open and this object is not yet complete. */
    private @Nullable Supplier<AsyncServerExchangeHandler> route(HttpRequest request) {
        String path = request.getPath();
        int query = path.indexOf('?');
        ScriptedEndpoint found = endpoints.getOrDefault(query < 0 ? path : path.substring(0, query), elsewhere);
        return found == null ? null : () -> new Exchange(found, context);
    }

    private HttpAsyncServer server(int ioThreads) {
        return AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(ioThreads)
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(1024)
                        .build())
                .setIOSessionDecorator(context.waiting()::watch)
                .setRequestRouter((request, httpContext) -> route(request))
                .setExceptionCallback(e -> log.debug("connection failed", e))
                .create();
    }

    private int listen(int wanted) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted);
        try {
            var endpoint = server.listen(address, URIScheme.HTTP).get(START_SECONDS_MAX, TimeUnit.SECONDS);
            return ((InetSocketAddress) endpoint.getAddress()).getPort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting the receiver", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "receiver cannot listen on port " + wanted + " of the loopback address: "
                            + Objects.requireNonNullElse(e.getCause(), e),
                    e);
        }
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    /** How it shall run. Not for sharing between threads. */
    public static final class Builder {
        private int port;
        private int ioThreads = 1;
        private int requestsMax = 200_000;
        private int bodyBytesMax = 16 << 20;
        private Clock clock = Clock.systemUTC();
        private @Nullable Path logFile;
        private BiConsumer<ReceivedRequest, Outcome> onEnded = (request, outcome) -> {};

        private Builder() {}

        /** 0, the default, for a free one. */
        public Builder port(int listenPort) {
            this.port = listenPort;
            return this;
        }

        /** Default 1, good for tens of thousands of requests a second. */
        public Builder ioThreads(int count) {
            this.ioThreads = count;
            return this;
        }

        /** How many requests each endpoint keeps in memory, the newest; default 200,000. Counts are exact beyond it. */
        public Builder requestsMax(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("requestsMax " + count + " is less than 1");
            }
            this.requestsMax = count;
            return this;
        }

        /** A request with a larger body has its connection closed and is not recorded; default 16 MiB. */
        public Builder bodyBytesMax(int bytes) {
            this.bodyBytesMax = bytes;
            return this;
        }

        /** The time written into the log. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** Appends a JSON line for each request that has ended; made if absent. */
        public Builder logFile(Path path) {
            this.logFile = path;
            return this;
        }

        /** Told of each request that has ended, on the thread that ended it; must not block. */
        public Builder onEnded(BiConsumer<ReceivedRequest, Outcome> listener) {
            this.onEnded = listener;
            return this;
        }

        /** @throws IllegalStateException if the port is taken */
        public ScriptedReceiver start() {
            return new ScriptedReceiver(this, logFile == null ? null : new LogFile(logFile));
        }
    }
}
