package io.hookline.deploy.demo;

import io.hookline.ops.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic's committed records from its beginning, as often and as far as asked. Not thread-safe. */
final class Topic implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private long count;

    Topic(KafkaConnection kafka, String name) {
        this.consumer = kafka.consumer();
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(info -> new TopicPartition(name, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands over what has come since the last time, up to what is there now. */
    void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                count++;
                each.accept(record);
            }
        }
    }

    /** How many records there are by now. */
    long count() {
        read(record -> {});
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
