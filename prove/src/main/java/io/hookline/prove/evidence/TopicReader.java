package io.hookline.prove.evidence;

import io.hookline.prove.process.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic's committed records from its beginning, as often and as far as asked. Not thread-safe. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration OPEN_MAX = Duration.ofSeconds(90);

    private final String bootstrapServers;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.consumer = consumer("read_committed");
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands over what is committed and new, as far as it can be read now. */
    void readOn(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readTo(consumer.endOffsets(consumer.assignment()), each);
    }

    /**
     * Hands over everything up to what is written by now. A transaction that a dead producer left open is waited for: it is aborted when
     * its time is over.
     */
    void readAll(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> written = written();
        Await.until(
                "the end of all open transactions in " + topic,
                OPEN_MAX,
                () -> consumer.endOffsets(consumer.assignment()).entrySet().stream()
                        .allMatch(end -> end.getValue() >= written.getOrDefault(end.getKey(), 0L)));
        readTo(written, each);
    }

    private void readTo(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
        }
    }

    /** High watermarks: the ends for a reader that does not wait for transactions. */
    private Map<TopicPartition, Long> written() {
        try (KafkaConsumer<byte[], byte[]> all = consumer("read_uncommitted")) {
            return new HashMap<>(all.endOffsets(partitions(all)));
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> from) {
        return from.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
