package io.hookline.testkit.kafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka of one node in this JVM, on the loopback address, to develop and test against; without authentication unless {@link
 * Builder#secured} asks for it.
 *
 * <pre>
 *   start() ──► running ◄──start()── stopped
 *                  │ └────stop()────►  │
 *                  └──close()──► closed ◄┘
 * </pre>
 *
 * Port, data and cluster id stay the same over {@link #stop} and {@link #start}. Topics are not created automatically.
 * All methods may be called from any thread; starting and stopping block.
 */
public final class EmbeddedKafka implements KafkaUnderTest, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

    private final DataDirectory directory;
    private final Map<String, String> serverProperties;
    private final @Nullable BrokerSecurity security;
    private final String clusterId;
    private final int port;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private @Nullable KafkaNode node;
    private boolean closed;

    private EmbeddedKafka(
            DataDirectory directory,
            int port,
            Map<String, String> serverProperties,
            @Nullable BrokerSecurity security) {
        this.directory = directory;
        this.security = security;
        this.serverProperties = serverProperties;
        this.clusterId = directory.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
        ListeningSockets sockets = ListeningSockets.bind(port, ThreadLocalRandom.current());
        this.port = sockets.brokerPort();
        this.node = run(sockets);
    }

    /** An empty one on a free port, its data deleted on {@link #close}. */
    public static EmbeddedKafka startTemporary() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Constant for a data directory, over stops and over new objects on the same directory. */
    public String clusterId() {
        return clusterId;
    }

    public Path dataDirectory() {
        return directory.path();
    }

    public synchronized boolean isRunning() {
        return node != null;
    }

    /** Completes with the reason if the running broker meets a fatal fault (a stand-alone one would end its process). */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Starts it again on the same port and data; does nothing if it runs. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("the embedded Kafka on port " + port + " is closed; make a new one");
        }
        if (node == null) {
            node = run(ListeningSockets.bind(port, ThreadLocalRandom.current()));
        }
    }

    /** Stops it cleanly, keeping port number and data; does nothing if it is stopped. */
    public synchronized void stop() {
        KafkaNode running = node;
        if (running != null) {
            node = null;
            running.stop();
            log.info("embedded Kafka on {} stopped", bootstrapServers());
        }
    }

    /** Stops it for good and frees the data directory, deleting it if it was temporary. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stop();
            directory.close();
        }
    }

    private KafkaNode run(ListeningSockets sockets) {
        long startedNs = System.nanoTime();
        KafkaNode started = KafkaNode.start(
                BrokerProperties.of(sockets, directory.path(), serverProperties, security), sockets, failure::complete);
        log.info(
                "embedded Kafka on {} with data in {} started in {} ms",
                bootstrapServers(),
                directory.path(),
                (System.nanoTime() - startedNs) / 1_000_000);
        return started;
    }

    /** How it shall run. Not for sharing between threads. */
    public static final class Builder {
        private @Nullable Path directory;
        private int port;
        private @Nullable BrokerSecurity security;
        private final Map<String, String> serverProperties = new LinkedHashMap<>();

        private Builder() {}

        /** Keeps the data here: made if absent, found again by the next start. Default: temporary. */
        public Builder dataDirectory(Path path) {
            this.directory = path;
            return this;
        }

        /** The port clients connect to, 1 to 65535; 0, the default, for a free one. */
        public Builder port(int clientPort) {
            if (clientPort < 0 || clientPort > 65_535) {
                throw new IllegalArgumentException("port " + clientPort + " is not between 0 and 65535");
            }
            this.port = clientPort;
            return this;
        }

        /** TLS, a password for everyone, and nothing allowed to anyone but who is named there, until ACLs say so. */
        public Builder secured(BrokerSecurity by) {
            this.security = by;
            return this;
        }

        /** A Kafka server property beyond, or instead of, those chosen here. */
        public Builder serverProperty(String key, String value) {
            BrokerProperties.check(Map.of(key, value));
            serverProperties.put(key, value);
            return this;
        }

        /**
         * Starts it and blocks until it accepts clients, about two seconds.
         *
         * @throws KafkaStartException if the directory is in use or not Kafka's, the port taken, or a property invalid
         */
        public EmbeddedKafka start() {
            Path given = directory;
            DataDirectory opened = given == null ? DataDirectory.temporary() : DataDirectory.kept(given);
            try {
                return new EmbeddedKafka(opened, port, Map.copyOf(serverProperties), security);
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }
}
