package io.hookline.testkit.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for development only, on a loopback port: enough of Confluent's REST contract for Confluent's own clients to
 * register and fetch Avro schemas. Default compatibility BACKWARD. The same schema has the same id in all subjects; ids and versions are never given
 * twice. Everything is in a compacted topic, read to its end before the first answer; a write is acknowledged by Kafka before it is
 * answered. Of two registries on one topic the later one writes, the earlier one refuses to. Any thread may call.
 */
public final class DevRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DevRegistry.class);
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 1000;

    static {
        // Without it the JDK's server sends head and body apart and waits 40 ms between them for the client's
        // acknowledgement.
        // It is read once, when the first of these servers of the JVM is made.
        System.setProperty("sun.net.httpserver.nodelay", System.getProperty("sun.net.httpserver.nodelay", "true"));
    }

    private final SchemaTopic topic;
    private final HttpServer server;
    private final ThreadPoolExecutor executor;

    private DevRegistry(SchemaTopic topic, int port) throws IOException {
        this.topic = topic;
        RegistryState state = new RegistryState();
        topic.settle(state::apply);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), DevRegistry::daemon);
        server.setExecutor(executor);
        server.createContext("/", new RegistryHandler(new Routes(new Registry(state, topic))));
        server.start();
    }

    /** On a free port, its schemas in topic {@code _schemas}. */
    public static DevRegistry start(String bootstrapServers) {
        return builder(bootstrapServers).start();
    }

    public static Builder builder(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /** For {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops answering, at once; what was answered is in the topic. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        topic.close();
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "dev-registry");
        thread.setDaemon(true);
        return thread;
    }

    /** How it shall run. Not for sharing between threads. */
    public static final class Builder {
        private final Map<String, Object> connection = new LinkedHashMap<>();
        private String topic = "_schemas";
        private int port;

        private Builder(String bootstrapServers) {
            connection.put("bootstrap.servers", bootstrapServers);
        }

        /** A Kafka client setting, such as those for TLS. */
        public Builder kafkaProperty(String key, String value) {
            connection.put(key, value);
            return this;
        }

        /** The topic of the schemas; made with one partition, compacted, if absent. */
        public Builder topic(String name) {
            this.topic = name;
            return this;
        }

        /** 0, the default, for a free one. */
        public Builder port(int listenPort) {
            this.port = listenPort;
            return this;
        }

        /**
         * Blocks until all schemas are read and it answers.
         *
         * @throws IllegalStateException if Kafka does not answer, the topic is unfit, or the port is taken
         */
        public DevRegistry start() {
            SchemaTopic opened = SchemaTopic.open(connection, topic);
            try {
                DevRegistry registry = new DevRegistry(opened, port);
                log.warn(
                        "schema registry on {}, topic {}: for development only, without authentication",
                        registry.url(),
                        topic);
                return registry;
            } catch (IOException e) {
                opened.close();
                throw new IllegalStateException(
                        "schema registry cannot listen on port " + port + " of the loopback address: " + e.getMessage()
                                + ". Stop what listens there or choose another port.",
                        e);
            } catch (RegistryError e) {
                opened.close();
                throw new IllegalStateException(e.text(), e);
            }
        }
    }
}
