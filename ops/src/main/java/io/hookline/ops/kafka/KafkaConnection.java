package io.hookline.ops.kafka;

import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.router.route.TenantSource;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SharedPartitions;
import io.hookline.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka and the schema registry of one installation. Opening it asks the cluster who it is, so whatever follows starts on a cluster that
 * answered. Thread-safe; blocks at most {@value #ANSWER_SECONDS_MAX} seconds a call.
 */
public final class KafkaConnection implements AutoCloseable {
    /** Longest wait for one answer of the cluster. */
    static final int ANSWER_SECONDS_MAX = 8;

    private static final int FIRST_ANSWER_MS_MAX = 5_000;
    /** How Kafka's clients begin when no name resolves; everything else they refuse at once is a matter of settings. */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private static final int PROBED_AFTER_MS = 1_500;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final Settings settings;
    private final TopicNames names;
    private final String servers;
    private final Admin admin;
    private @Nullable SchemaRegistryClient registry;
    private @Nullable Secrets secrets;
    private int partitions;

    private KafkaConnection(Settings settings, TopicNames names, String servers, Admin admin) {
        this.settings = settings;
        this.names = names;
        this.servers = servers;
        this.admin = admin;
    }

    /**
     * Connects.
     *
     * @param given the keys of {@link OpsSettings}, any Kafka client setting, any setting of the registry client
     * @throws io.hookline.schemas.config.InvalidSettingsException for unknown keys
     * @throws ConfigException for values that Kafka's clients cannot use, such as an address without a port
     * @throws KafkaUnreachableException when the cluster does not answer within seconds
     */
    public static KafkaConnection open(Map<String, String> given) {
        Settings settings = OpsSettings.parse(given);
        String servers = given.getOrDefault(OpsSettings.BOOTSTRAP_SERVERS, "");
        TopicNames names = new TopicNames(settings.text(OpsSettings.PREFIX));
        Map<String, Object> config = settings.client(Settings.ADMIN);
        config.putIfAbsent("default.api.timeout.ms", Integer.toString(ANSWER_SECONDS_MAX * 1_000));
        config.putIfAbsent("request.timeout.ms", Integer.toString(FIRST_ANSWER_MS_MAX));
        Admin admin = createAdmin(config, servers);
        try {
            DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(FIRST_ANSWER_MS_MAX);
            awaitFirst(admin.describeCluster(options).clusterId(), servers);
            return new KafkaConnection(settings, names, servers, admin);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            admin.close(Duration.ZERO);
            throw unreachable(settings, servers, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw new InterruptException(e);
        }
    }

    /** Does not wait to the end where no address even accepts a connection. */
    private static void awaitFirst(KafkaFuture<String> answer, String servers)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        try {
            answer.get(PROBED_AFTER_MS, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            if (!Reachability.isAnswering(servers)) {
                throw e;
            }
            answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    public TopicNames names() {
        return names;
    }

    /** From where it is known whose an event is, as its settings say. */
    public TenantSource tenantsFrom() {
        return TenantSource.of(settings.text(OpsSettings.TENANT_FROM));
    }

    /** The addresses it was opened with, for messages. */
    public String servers() {
        return servers;
    }

    public Admin admin() {
        return admin;
    }

    /**
     * P: how many partitions topic {@code subscriptions} has, and with it all topics that follow it.
     *
     * @throws io.hookline.schemas.topic.UnusableTopicsException where topics are missing or do not agree
     */
    public synchronized int partitions() {
        if (partitions == 0) {
            List<String> needed = List.of(names.subscriptions());
            partitions = SharedPartitions.find(admin, names, needed, Duration.ofSeconds(ANSWER_SECONDS_MAX));
        }
        return partitions;
    }

    /**
     * How many partitions a topic has.
     *
     * @throws UnknownTopicOrPartitionException saying how to create it
     */
    public int partitionsOf(String topic) {
        try {
            return await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
        } catch (UnknownTopicOrPartitionException e) {
            throw new UnknownTopicOrPartitionException(
                    "There is no topic '" + topic + "' at " + servers + ". Create it with: hookline topics create");
        }
    }

    /** A consumer without a group that sees committed records only and starts at the beginning; the caller closes it. */
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = settings.client(Settings.CONSUMER);
        config.remove("group.id");
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", "false");
        config.putIfAbsent("max.poll.records", "5000");
        config.putIfAbsent("default.api.timeout.ms", Integer.toString(ANSWER_SECONDS_MAX * 1_000));
        config.putIfAbsent("request.timeout.ms", Integer.toString(FIRST_ANSWER_MS_MAX));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A producer that waits for all replicas; the caller closes it.
     *
     * @param transactionalId under which it writes transactions and fences its predecessor
     */
    public Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> config = settings.client(Settings.PRODUCER);
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        config.put("transactional.id", transactionalId);
        config.putIfAbsent("transaction.timeout.ms", "30000");
        config.putIfAbsent("max.block.ms", Integer.toString(2 * ANSWER_SECONDS_MAX * 1_000));
        config.putIfAbsent("request.timeout.ms", Integer.toString(FIRST_ANSWER_MS_MAX));
        config.putIfAbsent("delivery.timeout.ms", Integer.toString(2 * ANSWER_SECONDS_MAX * 1_000));
        config.putIfAbsent("linger.ms", "5");
        config.putIfAbsent("compression.type", "lz4");
        config.putIfAbsent("max.request.size", Integer.toString(2 * 1024 * 1024 + 64 * 1024));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Encodes and decodes one of Hookline's own records. */
    public <T extends SpecificRecord> RecordCodec<T> codec(Class<T> type) {
        return RecordCodec.of(type, registry());
    }

    /** Whether a schema registry is named in the settings. */
    public boolean hasRegistry() {
        return settings.registry().containsKey(RegistrySettings.URL);
    }

    /**
     * The schema registry's client, closed with this connection.
     *
     * @throws NoRegistryException where no registry is named
     */
    public synchronized SchemaRegistryClient registry() {
        SchemaRegistryClient known = registry;
        if (known == null) {
            if (!hasRegistry()) {
                throw new NoRegistryException();
            }
            Map<String, String> config = new HashMap<>(settings.registry());
            config.putIfAbsent(RegistrySettings.CONNECT_TIMEOUT_MS, "3000");
            config.putIfAbsent(RegistrySettings.READ_TIMEOUT_MS, "6000");
            known = SchemaRegistryClient.create(config);
            registry = known;
        }
        return known;
    }

    /**
     * Encrypts and decrypts secrets of subscriptions, with the keyset that the settings name if they name one.
     *
     * @throws ConfigException where that keyset cannot be used
     */
    public synchronized Secrets secrets() {
        Secrets known = secrets;
        if (known == null) {
            known = new Secrets(SecretSettings.keyset(
                    settings.text(SecretSettings.KEYSET_FILE), settings.text(SecretSettings.WRAPPING_KEY)));
            secrets = known;
        }
        return known;
    }

    /** How many subscriptions one tenant may have; 0: any number. */
    public int tenantSubscriptionsMax() {
        return settings.integer(OpsSettings.TENANT_SUBSCRIPTIONS);
    }

    /** What the registry client was told; for clients that make their own. */
    public Map<String, String> registrySettings() {
        return settings.registry();
    }

    /** Settings for a Kafka producer that somebody else makes, {@code bootstrap.servers} and security among them. */
    public Map<String, Object> producerSettings() {
        return settings.client(Settings.PRODUCER);
    }

    /**
     * The value of a future of the admin client, its failure as Kafka's own exception.
     *
     * @throws KafkaUnreachableException when there is no answer in time
     */
    public <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(2L * ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw unreachable(settings, servers, timeout);
            }
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw unreachable(settings, servers, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public synchronized void close() {
        admin.close(CLOSE_MAX);
        if (registry != null) {
            registry.close();
        }
    }

    private static Admin createAdmin(Map<String, Object> config, String servers) {
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            String why = (e.getCause() == null ? e : e.getCause()).getMessage();
            String message = "Kafka at " + servers + " cannot be used: " + why
                    + ". Check --bootstrap-server and the settings file.";
            if (why != null && why.startsWith(UNRESOLVED)) {
                throw new KafkaUnreachableException(message, e);
            }
            throw new ConfigException(message);
        }
    }

    private static boolean isPlaintext(Settings settings) {
        Object protocol = settings.client(Settings.ADMIN).get("security.protocol");
        return protocol == null || protocol.toString().equalsIgnoreCase("PLAINTEXT");
    }

    static KafkaUnreachableException unreachable(Settings settings, String servers, Throwable cause) {
        boolean silent = cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException;
        String found =
                silent ? Reachability.probe(servers, isPlaintext(settings)).text() : String.valueOf(cause.getMessage());
        return new KafkaUnreachableException(
                "Kafka at " + servers + " does not answer (" + found
                        + "). Is it running, and is --bootstrap-server right?",
                cause);
    }
}
