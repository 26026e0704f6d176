package io.hookline.bench.kafka;

import io.hookline.avro.Retry;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.RetryTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When retries were due, read back from the retry topics.
 *
 * @param fromMs order number to when its first retry's window begins, milliseconds since 1970
 */
public record RetryWindows(Map<Long, Long> fromMs) {

    /** Reads all committed retries of first attempts. Blocks. */
    public static RetryWindows read(Installation installation) {
        RecordCodec<Retry> codec = RecordCodec.of(Retry.class, installation.registry());
        Map<Long, Long> windows = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        installation.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (RetryTier tier : RetryTier.values()) {
                consumer.partitionsFor(installation.names().deliveriesRetry(tier))
                        .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    Retry retry = codec.decodeBlocking(record.value());
                    if (retry.getState().getAttempts() == 1) {
                        byte[] event = new byte[retry.getDelivery().getEvent().remaining()];
                        retry.getDelivery().getEvent().duplicate().get(event);
                        windows.put(
                                Orders.number(event, 0),
                                retry.getState().getNotBefore().toEpochMilli());
                    }
                });
            }
        }
        return new RetryWindows(windows);
    }
}
