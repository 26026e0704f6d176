package io.hookline.testkit.registry;

import static java.util.Objects.requireNonNull;

import io.hookline.testkit.kafka.TopicReadiness;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes in a compacted topic of one partition. The transactional id is the lock: it ends what an earlier writer left open, so
 * that reading to the end afterwards tells for certain what is there, and a registry whose topic another one has taken can
 * write no more.
 */
final class SchemaTopic implements ChangeLog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchemaTopic.class);
    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> connection;
    private final TopicPartition partition;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private boolean taken;

    private SchemaTopic(Map<String, Object> connection, TopicPartition partition) {
        this.connection = connection;
        this.partition = partition;
    }

    /**
     * Opens the topic, making it if it is absent. Nothing is read yet: {@link #settle} does.
     *
     * @throws IllegalStateException if Kafka does not answer or the topic is not fit to keep schemas
     */
    static SchemaTopic open(Map<String, Object> connection, String topic) {
        try (Admin admin = Admin.create(connection)) {
            create(admin, topic);
            check(admin, topic);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IllegalStateException("schema topic " + topic + " cannot be opened: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening schema topic " + topic, e);
        }
        return new SchemaTopic(connection, new TopicPartition(topic, 0));
    }

    @Override
    public void settle(Consumer<Change> changes) {
        if (taken) {
            throw RegistryError.store(
                    "another registry has taken topic " + partition.topic() + "; stop this one", null);
        }
        if (producer == null) {
            try {
                producer = lockedProducer();
                readToEnd(changes);
            } catch (KafkaException | TimeoutException e) {
                discardProducer();
                throw RegistryError.store("topic " + partition.topic() + " cannot be read: " + e, e);
            }
        }
    }

    @Override
    public void append(Change change) {
        KafkaProducer<byte[], byte[]> writer = requireNonNull(producer, "settle was not called");
        try {
            writer.beginTransaction();
            var sent = writer.send(new ProducerRecord<>(
                    partition.topic(), partition.partition(), ChangeCodec.key(change), ChangeCodec.value(change)));
            writer.commitTransaction();
            log.debug("{} is at offset {}", change, sent.get().offset());
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            taken = true;
            discardProducer();
            throw RegistryError.store("another registry has taken topic " + partition.topic() + "; stop this one", e);
        } catch (KafkaException | ExecutionException e) {
            discardProducer();
            throw RegistryError.store("Kafka did not take the record: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryError.store("the registry is closing", e);
        }
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> last = producer;
        if (last != null) {
            last.close(CLOSE_MAX);
        }
    }

    private KafkaProducer<byte[], byte[]> lockedProducer() {
        KafkaProducer<byte[], byte[]> made = new KafkaProducer<>(
                settings(Map.of(
                        "transactional.id",
                        "hookline-dev-registry-" + partition.topic(),
                        "transaction.timeout.ms",
                        10_000,
                        "max.block.ms",
                        (int) CALL_MAX.toMillis(),
                        "delivery.timeout.ms",
                        (int) CALL_MAX.toMillis(),
                        "request.timeout.ms",
                        10_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            made.initTransactions();
            return made;
        } catch (KafkaException e) {
            made.close(Duration.ZERO);
            throw e;
        }
    }

    private void discardProducer() {
        KafkaProducer<byte[], byte[]> doubtful = producer;
        producer = null;
        if (doubtful != null) {
            doubtful.close(Duration.ZERO);
        }
    }

    /** What cannot be read is reported and skipped. */
    private void readToEnd(Consumer<Change> changes) throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings(Map.of("enable.auto.commit", false, "isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(partition);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = requireNonNull(consumer.endOffsets(all).get(partition));
            long deadlineNs = System.nanoTime() + CALL_MAX.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new TimeoutException(
                            "read to offset " + consumer.position(partition) + " of " + end + " in " + CALL_MAX);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    handOver(record, changes);
                }
            }
        }
    }

    private void handOver(ConsumerRecord<byte[], byte[]> record, Consumer<Change> changes) {
        try {
            ChangeCodec.read(record.key(), record.value()).ifPresent(changes);
        } catch (IOException | IllegalStateException e) {
            log.error("{} offset {} skipped: {}", partition, record.offset(), e.getMessage());
        }
    }

    private static void create(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        NewTopic compacted =
                new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
        try {
            admin.createTopics(List.of(compacted)).all().get(CALL_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void check(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        var description = TopicReadiness.await(admin, List.of(topic), CALL_MAX);
        int partitions = requireNonNull(description.get(topic)).partitions().size();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var configs = admin.describeConfigs(List.of(resource)).all().get(CALL_MAX.toSeconds(), TimeUnit.SECONDS);
        String policy =
                requireNonNull(configs.get(resource)).get("cleanup.policy").value();
        if (partitions != 1 || !policy.equals("compact")) {
            throw new IllegalStateException("topic " + topic + " has " + partitions + " partitions and cleanup.policy="
                    + policy + "; schemas need 1 partition and compact, or they would be lost. Name another topic.");
        }
    }

    /** What the caller of the registry has set comes before what is chosen here. */
    private Map<String, Object> settings(Map<String, Object> chosen) {
        Map<String, Object> settings = new HashMap<>(chosen);
        settings.putAll(connection);
        return settings;
    }
}
