package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.avro.Attempt;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.GeneratedClasses;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.registry.DevRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * Everything around a deliverer, real: topics, a registry, a receiver; writes what a router and an operator would write, reads what the
 * deliverer wrote.
 */
final class Stage implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    final KafkaSpace space;
    final TopicNames names;
    final DevRegistry registry;
    final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Deliverer> deliverers = new ArrayList<>();
    private long events;

    Stage(KafkaSpace space) throws Exception {
        this.space = space;
        this.names = new TopicNames(space.prefix());
        this.registry = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("_schemas"))
                .start();
        GeneratedClasses.trust();
        try (Admin admin = space.admin()) {
            admin.createTopics(new TopicCatalogue(names, PARTITIONS)
                            .pipeline().stream()
                                    .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1)
                                            .configs(spec.config()))
                                    .toList())
                    .all()
                    .get();
        }
        this.schemas = SchemaRegistryClient.create(Map.of("schema.registry.url", registry.url()));
        // With more requests under way, a batch for a topic made just now can get stuck (KAFKA-15591).
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", space.bootstrapServers(), "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", space.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("topics.prefix", space.prefix());
        settings.put("deliverer.commit.interval.ms", "50");
        settings.put("deliverer.endpoint.schemes", "https,http");
        settings.put("deliverer.endpoint.ports", "1-65535");
        settings.put("deliverer.endpoint.networks", "127.0.0.0/8");
        return settings;
    }

    Deliverer deliverer(Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.putAll(more);
        Deliverer deliverer = Deliverer.start(settings);
        deliverers.add(deliverer);
        return deliverer;
    }

    Deliverer deliverer() {
        return deliverer(Map.of());
    }

    /** Writes a subscription and returns the offset of its record. */
    long subscribe(String id, String url, Consumer<Subscription.Builder> more) {
        Instant now = Instant.now();
        Subscription.Builder builder = Subscription.newBuilder()
                .setId(id)
                .setTenant("t")
                .setUrl(url)
                .setEventTypes(List.of("*"))
                .setSigningKeys(List.of(SigningKey.newBuilder()
                        .setAlgorithm(SigningAlgorithm.HMAC_SHA256)
                        .setSecret(new Secret(ByteBuffer.wrap(SECRET), "", ""))
                        .setCreatedAt(now)
                        .build()))
                .setCreatedAt(now)
                .setUpdatedAt(now);
        more.accept(builder);
        return write(names.subscriptions(), id, encode(Subscription.class, builder.build()));
    }

    long subscribe(String id, String url) {
        return subscribe(id, url, builder -> {});
    }

    long delete(String id) {
        return write(names.subscriptions(), id, null);
    }

    /** Writes a JSON event's delivery to these subscriptions, which must be of one partition. */
    void deliver(String... subscriptions) {
        deliver(-1, subscriptions);
    }

    void deliver(long subscriptionsOffset, String... subscriptions) {
        deliver(delivery(subscriptionsOffset, List.of(subscriptions)));
    }

    /** Writes a delivery for each list of subscriptions, in this order, without waiting for one before the next. */
    void deliver(List<List<String>> all) {
        List<Future<?>> sent = new ArrayList<>();
        for (List<String> subscriptions : all) {
            byte[] value = encode(Delivery.class, delivery(-1, subscriptions));
            sent.add(producer.send(
                    new ProducerRecord<>(names.deliveries(), partition(subscriptions.get(0)), null, value)));
        }
        sent.forEach(Stage::await);
    }

    void deliver(Delivery delivery) {
        deliver(names.deliveries(), delivery);
    }

    /** Writes to deliveries, or to another topic of deliveries. */
    void deliver(String topic, Delivery delivery) {
        String first = delivery.getSubscriptions().get(0);
        send(new ProducerRecord<>(topic, partition(first), null, encode(Delivery.class, delivery)));
    }

    /** Writes as the router does: in a transaction, whose marker takes an offset too. */
    void deliverInTransaction(String... subscriptions) {
        Delivery delivery = delivery(-1, List.of(subscriptions));
        try (KafkaProducer<byte[], byte[]> transactional = transactional("router")) {
            transactional.initTransactions();
            transactional.beginTransaction();
            var unused = transactional.send(new ProducerRecord<>(
                    names.deliveries(), partition(subscriptions[0]), null, encode(Delivery.class, delivery)));
            transactional.commitTransaction();
        }
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", space.bootstrapServers(), "transactional.id", space.name(id)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void deliverRaw(int partition, byte[] value) {
        send(new ProducerRecord<>(names.deliveries(), partition, null, value));
    }

    Delivery delivery(long subscriptionsOffset, List<String> subscriptions) {
        long number = events++;
        byte[] event = ("{\"number\":" + number + "}").getBytes(UTF_8);
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(event))
                .setHeaders(List.of(
                        header(EventHeaders.ID, "e" + number),
                        header(EventHeaders.SOURCE, "/test"),
                        header(EventHeaders.TIME, "2026-11-24T08:30:00Z"),
                        header(EventHeaders.CONTENT_TYPE, "application/json")))
                .setTopic(names.events("user_register"))
                .setPartition(0)
                .setOffset(number)
                .setRecordedAt(Instant.now())
                .setType("user_register")
                .setTenant("t")
                .setSubscriptions(subscriptions)
                .setSubscriptionsOffset(subscriptionsOffset)
                .build();
    }

    static EventHeader header(String name, String value) {
        return new EventHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
    }

    static int partition(String subscription) {
        return SubscriptionPartition.of(subscription, PARTITIONS);
    }

    /** Ids that all belong to one partition. */
    static List<String> idsOf(int partition, int count) {
        return Stream.iterate(0, i -> i + 1)
                .map(i -> "s" + i)
                .filter(id -> partition(id) == partition)
                .limit(count)
                .toList();
    }

    <T extends SpecificRecord> byte[] encode(Class<T> type, T record) {
        return RecordCodec.of(type, schemas).encode(record);
    }

    /** Lets a topic take no larger records. */
    void limit(String topic, int bytes) throws Exception {
        configure(topic, "max.message.bytes", String.valueOf(bytes));
    }

    void configure(String topic, String setting, String value) throws Exception {
        try (Admin admin = space.admin()) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp limit = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(limit)))
                    .all()
                    .get();
            // Brokers learn it a moment later.
            Awaitility.await()
                    .until(() -> admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get(setting)
                            .value()
                            .equals(value));
        }
    }

    long write(String topic, int partition, byte[] key, byte[] value) {
        return send(new ProducerRecord<>(topic, partition, key, value));
    }

    long write(String topic, String subscription, byte[] value) {
        return send(new ProducerRecord<>(topic, partition(subscription), subscription.getBytes(UTF_8), value));
    }

    private long send(ProducerRecord<byte[], byte[]> record) {
        return await(producer.send(record)).offset();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Attempt> attempts() {
        return read(names.attempts(), Attempt.class);
    }

    List<DeadLetter> dead() {
        return read(names.deliveriesDead(), DeadLetter.class);
    }

    List<PipelineDead> pipelineDead() {
        return read(names.pipelineDead(), PipelineDead.class);
    }

    /** All committed records of a topic. */
    <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type, schemas);
        return raw(topic).stream()
                .filter(record -> record.value() != null)
                .map(record -> codec.decodeBlocking(record.value()))
                .toList();
    }

    /** All committed records of a topic with this key. */
    <T extends SpecificRecord> List<T> read(String topic, byte[] key, Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type, schemas);
        return raw(topic).stream()
                .filter(record -> record.value() != null && Arrays.equals(record.key(), key))
                .map(record -> codec.decodeBlocking(record.value()))
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", space.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** The deliverers' group, as one sees it that is no member of it. */
    ConsumerGroupMetadata outsider() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", space.bootstrapServers(), "group.id", names.delivererGroup()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /** The end of a topic, all partitions together; markers count. */
    long end(String topic) throws Exception {
        try (Admin admin = space.admin()) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(info -> info.offset())
                    .sum();
        }
    }

    /** Where the deliverers' group stands in deliveries, all partitions together. */
    long committed() throws Exception {
        try (Admin admin = space.admin()) {
            return admin
                    .listConsumerGroupOffsets(names.delivererGroup())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    @Override
    public void close() throws Exception {
        deliverers.forEach(Deliverer::close);
        producer.close();
        schemas.close();
        registry.close();
        receiver.close();
    }
}
