package io.hookline.deploy.embedded;

import io.hookline.deliverer.Deliverer;
import io.hookline.deliverer.reach.Reach;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.topic.Topics;
import io.hookline.router.Router;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.testkit.kafka.EmbeddedKafka;
import io.hookline.testkit.registry.DevRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, a schema registry, the topics, a router and a deliverer, started in this order in this process and stopped in the reverse one.
 * What is stored stays in the data directory, if one was named, and is found there by the next start.
 */
public final class EmbeddedStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);
    /** Receivers are on this machine, without a certificate, on whatever port was free. */
    private static final Map<String, String> LOCAL_ENDPOINTS = Map.of(
            Reach.SCHEMES, "https,http",
            Reach.PORTS, "1-65535",
            Reach.NETWORKS, "127.0.0.0/8,::1/128");

    private static final Duration ROUTER_START_MAX = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, String> connection = new HashMap<>();
    private final EmbeddedKafka kafka;
    private final DevRegistry registry;
    private final Router router;
    private final Deliverer deliverer;

    /**
     * How to start.
     *
     * @param dataDirectory where Kafka keeps its data; null: a temporary directory that is deleted at the end
     * @param kafkaPort port for clients; 0: a free one
     * @param registryPort port of the registry; 0: a free one
     * @param partitions P, where the topics do not exist yet
     */
    public record Options(@Nullable Path dataDirectory, int kafkaPort, int registryPort, int partitions) {}

    private EmbeddedStack(Options options, Map<String, String> delivererSettings, Consumer<String> progress) {
        try {
            progress.accept("Kafka");
            kafka = add(kafka(options));
            connection.put("bootstrap.servers", kafka.bootstrapServers());
            progress.accept("schema registry");
            registry = add(DevRegistry.builder(kafka.bootstrapServers())
                    .port(options.registryPort())
                    .start());
            connection.put("schema.registry.url", registry.url());
            progress.accept("topics");
            createTopics(options.partitions());
            progress.accept("router");
            router = add(Router.start(connection));
            progress.accept("deliverer");
            Map<String, String> settings = new HashMap<>(connection);
            settings.putAll(LOCAL_ENDPOINTS);
            settings.putAll(delivererSettings);
            deliverer = add(Deliverer.start(settings));
            awaitRouter();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything; whatever had started is closed again where something fails.
     *
     * @param delivererSettings settings of the deliverer beyond the connection, and instead of letting it connect to this machine
     * @param progress told what is being started
     */
    public static EmbeddedStack start(
            Options options, Map<String, String> delivererSettings, Consumer<String> progress) {
        return new EmbeddedStack(options, delivererSettings, progress);
    }

    /** Settings with which any client or command reaches this Kafka and this registry. */
    public Map<String, String> connection() {
        return Map.copyOf(connection);
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public DevRegistry registry() {
        return registry;
    }

    public Router router() {
        return router;
    }

    public Deliverer deliverer() {
        return deliverer;
    }

    private static EmbeddedKafka kafka(Options options) {
        EmbeddedKafka.Builder builder = EmbeddedKafka.builder().port(options.kafkaPort());
        return options.dataDirectory() == null
                ? builder.start()
                : builder.dataDirectory(options.dataDirectory()).start();
    }

    private void createTopics(int partitions) {
        try (KafkaConnection client = KafkaConnection.open(connection)) {
            Topics topics = new Topics(client);
            int p = topics.partitions().orElse(partitions);
            topics.create(new TopicCatalogue(client.names(), p).pipeline(), 1, false);
        }
    }

    private void awaitRouter() {
        try {
            router.awaitRunning(ROUTER_START_MAX);
        } catch (TimeoutException | RuntimeException e) {
            throw new IllegalStateException("The router did not start: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("not closed cleanly: {}", e.toString());
            }
        }
    }
}
