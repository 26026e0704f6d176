package io.hookline.deliverer.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A committer on a real broker, with what it takes to see what became of its batches. */
final class CommitStage implements AutoCloseable {
    private static final long PATIENCE_S = 120;

    final String bootstrap;
    final String prefix;
    final String transactionalId;
    final Map<String, Object> producerConfig = new HashMap<>();
    final BlockingQueue<CommitResult> reports = new LinkedBlockingQueue<>();
    private Committer committer;
    private int number;

    CommitStage(String bootstrap, String prefix) {
        this.bootstrap = bootstrap;
        this.prefix = prefix;
        this.transactionalId = prefix + "tx";
        producerConfig.put("bootstrap.servers", bootstrap);
        producerConfig.put("transactional.id", transactionalId);
        producerConfig.put("transaction.timeout.ms", 10_000);
        producerConfig.put("max.block.ms", 10_000);
        producerConfig.put("linger.ms", 5);
        producerConfig.put("max.request.size", 100_000);
    }

    Supplier<Producer<byte[], byte[]>> producers() {
        return () -> new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer());
    }

    CommitStage start() {
        return start(producers());
    }

    CommitStage start(Supplier<Producer<byte[], byte[]>> producers) {
        committer = new Committer("test-commit", producers, reports::add);
        committer.start();
        return this;
    }

    String topic(String base) {
        return topic(base, Map.of());
    }

    String topic(String base, Map<String, String> config) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(prefix + base, 1, (short) 1).configs(config)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return prefix + base;
    }

    Output output(String topic, String value) {
        return new Output(
                this, new ProducerRecord<>(topic, 0, ("k" + number++).getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /** Outcomes only: no state, no offsets. */
    Batch batch(Output... outputs) {
        return batch(List.of(outputs));
    }

    Batch batch(List<Output> outputs) {
        return new Batch(outputs, List.of(), Map.of(), outside("unused"));
    }

    /** Of a group without members: its offsets are anybody's. */
    ConsumerGroupMetadata outside(String group) {
        try (Consumer<byte[], byte[]> stranger = member(group)) {
            return stranger.groupMetadata();
        }
    }

    static Batch batch(
            List<Output> outputs, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        return new Batch(outputs, List.of(), offsets, group);
    }

    CommitResult commit(Batch batch) {
        committer.submit(batch);
        CommitResult result = next();
        if (!result.batch().equals(batch)) {
            throw new AssertionError("another batch was reported: " + result);
        }
        return result;
    }

    void submit(Batch batch) {
        committer.submit(batch);
    }

    CommitResult next() {
        try {
            CommitResult result = reports.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (result == null) {
                throw new AssertionError("no report within " + PATIENCE_S + " s");
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Consumer<byte[], byte[]> member(String group) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("group.id", prefix + group);
        config.put("group.protocol", "classic");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What a read-committed consumer can read, up to a marker written after everything so far. */
    List<String> committed(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(30, TimeUnit.SECONDS)
                    .offset();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(new String(record.value(), UTF_8)));
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("a transaction on " + topic + " stays open: at "
                            + consumer.position(partition) + " of " + end);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    OffsetAndMetadata groupOffset(String group, TopicPartition partition) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.listConsumerGroupOffsets(prefix + group)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .get(partition);
        }
    }

    /** What is done just before a method of the real producer. */
    @FunctionalInterface
    interface Before {
        void call(String method);
    }

    @SuppressWarnings("unchecked")
    static Producer<byte[], byte[]> intercepted(Producer<byte[], byte[]> real, Before before) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                CommitStage.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    before.call(method.getName());
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() {
        if (committer != null) {
            committer.close();
        }
        if (!reports.isEmpty()) {
            throw new AssertionError("reported and not asked for: " + reports);
        }
    }
}
