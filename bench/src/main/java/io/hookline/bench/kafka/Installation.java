package io.hookline.bench.kafka;

import io.hookline.avro.Breaker;
import io.hookline.avro.Subscription;
import io.hookline.router.RouterSettings;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.testkit.kafka.TopicReadiness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of one contestant, under a prefix of its own, on a stage. */
public final class Installation implements AutoCloseable {
    /** Whose events and subscriptions they are. */
    public static final String TENANT = "acme";

    /** Partitions of the event topic. */
    public static final int EVENT_PARTITIONS = 8;

    private static final Duration READY_MAX = Duration.ofSeconds(30);
    private static final byte[] JSON = utf8("application/json");

    private final Stage stage;
    private final TopicNames names;
    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final RecordCodec<Subscription> codec;

    /**
     * Makes the topics, with the catalogue's settings and {@link TopicCatalogue#DEFAULT_PARTITIONS} partitions.
     *
     * @param prefix unique on the stage
     * @param isComplete whether all topics are needed, or only those of a router
     */
    public Installation(Stage stage, String prefix, boolean isComplete)
            throws ExecutionException, InterruptedException, TimeoutException {
        this.stage = stage;
        this.names = new TopicNames(prefix);
        this.admin = stage.add(Admin.create(Map.of("bootstrap.servers", stage.bootstrapServers())));
        this.registry = stage.add(SchemaRegistryClient.create(Map.of(RegistrySettings.URL, stage.registryUrl())));
        this.codec = RecordCodec.of(Subscription.class, registry);
        Set<String> needed = new HashSet<>(
                List.of(names.subscriptions(), names.deliveries(), names.pipelineDead(), names.instances()));
        TopicCatalogue catalogue = new TopicCatalogue(names, TopicCatalogue.DEFAULT_PARTITIONS);
        List<NewTopic> topics = new ArrayList<>();
        catalogue.pipeline().stream()
                .filter(topic -> isComplete || needed.contains(topic.name()))
                .forEach(topic ->
                        topics.add(new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config())));
        topics.add(new NewTopic(names.events(Orders.TYPE), EVENT_PARTITIONS, (short) 1)
                .configs(catalogue.events(Orders.TYPE, EVENT_PARTITIONS).config()));
        admin.createTopics(topics).all().get();
        TopicReadiness.await(admin, topics.stream().map(NewTopic::name).toList(), READY_MAX);
        stage.add(this);
    }

    public TopicNames names() {
        return names;
    }

    public Admin admin() {
        return admin;
    }

    public SchemaRegistryClient registry() {
        return registry;
    }

    /** What a router or deliverer is started with: how to reach everything, and all defaults. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", stage.bootstrapServers());
        settings.put(RegistrySettings.URL, stage.registryUrl());
        settings.put(RouterSettings.TOPICS_PREFIX, names.prefix());
        return settings;
    }

    /** A subscription of {@link #TENANT} to the orders, from the beginning of time, with that filter. */
    public static Subscription subscription(String id, @Nullable String filter) {
        return Subscription.newBuilder()
                .setId(id)
                .setTenant(TENANT)
                .setDescription("Orders for the partner's warehouse")
                .setUrl("https://partner.example/hooks/" + id)
                .setEventTypes(List.of(Orders.TYPE))
                .setFilter(filter)
                .setBreaker(Breaker.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    /** A subscription id of 26 characters, as a ULID has them. */
    public static String id(int number) {
        String digits = Integer.toString(number, 36).toUpperCase(Locale.ROOT);
        return "01JDEXAMPLE000000000000000".substring(0, 26 - digits.length()) + digits;
    }

    /** The filter that takes the orders of one customer. */
    public static String ofCustomer(int customer) {
        return "{\"data\":{\"customer\":[\"" + Orders.customer(customer) + "\"]}}";
    }

    /** The bytes of a subscription's record. */
    public byte[] encode(Subscription subscription) {
        return codec.encode(subscription);
    }

    /** Writes {@code count} subscriptions. Blocks until all are there. */
    public void subscribe(int count, IntFunction<Subscription> subscriptions) {
        // One request at a time: a topic is known a moment before it can be written to, and a broker that refuses the
        // first
        // batch and takes the second would never take the first.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                stage.bootstrapServers(),
                "acks",
                "all",
                "max.in.flight.requests.per.connection",
                1,
                "linger.ms",
                20,
                "batch.size",
                256 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Failure failure = new Failure();
            for (int i = 0; i < count; i++) {
                Subscription subscription = subscriptions.apply(i);
                var unused = producer.send(
                        new ProducerRecord<>(
                                names.subscriptions(), utf8(subscription.getId()), codec.encode(subscription)),
                        failure);
            }
            producer.flush();
            failure.check();
        }
    }

    /** A record of an order, with an event's headers, keyed by its customer. */
    public ProducerRecord<byte[], byte[]> order(long number, int customer, int cents) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                names.events(Orders.TYPE), utf8(Orders.customer(customer)), Orders.of(number, customer, cents));
        EventHeaders.write(
                new EventAttributes(Long.toString(number), "/bench", Orders.TYPE, null, null, TENANT, null, null),
                record.headers());
        record.headers().add(EventHeaders.CONTENT_TYPE, JSON);
        return record;
    }

    /** A producer of events; closed by the caller. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", stage.bootstrapServers());
        all.put("acks", "all");
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    String bootstrapServers() {
        return stage.bootstrapServers();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // Its clients are closed by the stage, its topics vanish with the broker.
    }
}
