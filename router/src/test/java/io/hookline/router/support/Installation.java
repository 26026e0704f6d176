package io.hookline.router.support;

import io.hookline.avro.Delivery;
import io.hookline.avro.Instance;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.Subscription;
import io.hookline.router.RouterSettings;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Everything around a router: topics, a registry, somebody who writes events and subscriptions, somebody who reads what comes out. */
public final class Installation implements AutoCloseable {
    public static final int P = 4;
    private static final long SECONDS_MAX = 90;

    public final TopicNames names;
    public final InMemoryRegistry registry = new InMemoryRegistry();
    private final String bootstrapServers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SchemaRegistryClient client;
    private final RecordCodec<Subscription> subscriptions;
    private final RecordCodec<Delivery> deliveries;
    private final RecordCodec<PipelineDead> dead;
    private final RecordCodec<Instance> instances;
    private final List<Reader> readers = new ArrayList<>();

    public Installation(String bootstrapServers, String prefix) {
        this(bootstrapServers, prefix, P);
    }

    public Installation(String bootstrapServers, String prefix, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.names = new TopicNames(prefix);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.client = SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
        this.subscriptions = RecordCodec.of(Subscription.class, client);
        this.deliveries = RecordCodec.of(Delivery.class, client);
        this.dead = RecordCodec.of(PipelineDead.class, client);
        this.instances = RecordCodec.of(Instance.class, client);
        if (partitions > 0) {
            List<NewTopic> topics = new ArrayList<>();
            for (TopicSpec spec : new TopicCatalogue(names, partitions).pipeline()) {
                topics.add(topic(spec, spec.partitions()));
            }
            await(admin.createTopics(topics).all());
        }
    }

    public Admin admin() {
        return admin;
    }

    /** Settings for a router here, quick enough for tests. */
    public Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put(RegistrySettings.URL, registry.url());
        settings.put(RouterSettings.TOPICS_PREFIX, names.prefix());
        settings.put(RouterSettings.METADATA_REFRESH_MS, "500");
        settings.put(RouterSettings.BEAT_INTERVAL_MS, "500");
        settings.put(RouterSettings.SESSION_TIMEOUT_MS, "6000");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    public String createEvents(String type, int partitions) {
        return createEvents(type, partitions, Map.of());
    }

    public String createEvents(String type, int partitions, Map<String, String> config) {
        TopicSpec spec = new TopicCatalogue(names, P).events(type, partitions);
        Map<String, String> all = new HashMap<>(spec.config());
        all.putAll(config);
        await(admin.createTopics(List.of(new NewTopic(spec.name(), partitions, (short) 1).configs(all)))
                .all());
        return spec.name();
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        return await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .partitions()
                .size();
    }

    private static NewTopic topic(TopicSpec spec, int partitions) {
        return new NewTopic(spec.name(), partitions, (short) 1).configs(spec.config());
    }

    /** Writes a subscription; where it is. */
    public RecordMetadata put(Subscription subscription) {
        return await(send(putRecord(subscription)));
    }

    public ProducerRecord<byte[], byte[]> putRecord(Subscription subscription) {
        return new ProducerRecord<>(
                names.subscriptions(), utf8(subscription.getId()), subscriptions.encode(subscription));
    }

    public RecordMetadata delete(String id) {
        return await(send(new ProducerRecord<>(names.subscriptions(), utf8(id), null)));
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** A producer that writes in transactions; the caller closes it. */
    public KafkaProducer<byte[], byte[]> transactionalProducer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        names.prefix() + "writer"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes an Avro event of tenant {@value Subscriptions#TENANT}. */
    public RecordMetadata emit(String type, SpecificRecord data) {
        return await(send(event(type, avro(data))));
    }

    public RecordMetadata emitJson(String type, String json) {
        ProducerRecord<byte[], byte[]> record = event(type, utf8(json));
        record.headers().add(EventHeaders.CONTENT_TYPE, utf8("application/json"));
        return await(send(record));
    }

    /** An event of tenant {@value Subscriptions#TENANT} with that value, not sent. */
    public ProducerRecord<byte[], byte[]> event(String type, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(names.events(type), utf8("key"), value);
        EventHeaders.write(
                new EventAttributes(null, "/test", type, null, null, Subscriptions.TENANT, null, null),
                record.headers());
        return record;
    }

    /** The wire format, written without our serializers. */
    public byte[] avro(SpecificRecord data) {
        int id = registry.add(data.getSchema());
        var out = new java.io.ByteArrayOutputStream();
        try {
            out.write(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new SpecificDatumWriter<IndexedRecord>(data.getSchema()).write(data, encoder);
            encoder.flush();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public int partitionOf(String subscription) {
        return SubscriptionPartition.of(subscription, P);
    }

    /** Reads {@code deliveries} from its beginning, committed records only. */
    public Reader readDeliveries() {
        return reader(names.deliveries());
    }

    public Reader readDead() {
        return reader(names.pipelineDead());
    }

    public Reader readSubscriptions() {
        return reader(names.subscriptions());
    }

    public Reader readInstances() {
        return reader(names.instances());
    }

    public Delivery delivery(ConsumerRecord<byte[], byte[]> record) {
        return deliveries.decodeBlocking(record.value());
    }

    public PipelineDead dead(ConsumerRecord<byte[], byte[]> record) {
        return dead.decodeBlocking(record.value());
    }

    public Instance instance(ConsumerRecord<byte[], byte[]> record) {
        return instances.decodeBlocking(record.value());
    }

    /** Ids of all subscriptions in these deliveries. */
    public List<String> ids(Collection<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> delivery(record).getSubscriptions().stream())
                .toList();
    }

    private Reader reader(String topic) {
        Reader reader = new Reader(topic);
        readers.add(reader);
        return reader;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        readers.forEach(Reader::close);
        producer.close();
        client.close();
        registry.close();
        admin.close();
    }

    /** Reads a topic's committed records from the beginning, all partitions, and keeps them. For one thread. */
    public final class Reader implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

        private Reader(String topic) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrapServers,
                            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                            "read_committed",
                            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                            "50"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        /** Everything read so far, after reading what is there now. */
        public List<ConsumerRecord<byte[], byte[]>> poll() {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
            return seen;
        }

        /** Reads until there are that many records. */
        public List<ConsumerRecord<byte[], byte[]>> await(int count) {
            return await(records -> records.size() >= count);
        }

        public List<ConsumerRecord<byte[], byte[]>> await(Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
            Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> enough.test(poll()));
            return seen;
        }

        /** Reads on until every committed record of the topic at this moment has been read. */
        public List<ConsumerRecord<byte[], byte[]>> drain() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            return await(records ->
                    ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
