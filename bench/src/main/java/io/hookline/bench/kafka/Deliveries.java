package io.hookline.bench.kafka;

import io.hookline.avro.Delivery;
import io.hookline.schemas.serde.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of {@code deliveries} or of another topic, from what is written after it was made. For one thread. */
public final class Deliveries implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<Delivery> codec;

    public Deliveries(Installation installation) {
        this(installation, installation.names().deliveries());
    }

    Deliveries(Installation installation, String topic) {
        this.codec = RecordCodec.of(Delivery.class, installation.registry());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        installation.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        64 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Waits for records, a tenth of a second at most, and tells them. */
    public void poll(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.poll(Duration.ofMillis(100)).forEach(each);
    }

    /** The delivery in a record. */
    public Delivery read(ConsumerRecord<byte[], byte[]> record) {
        return codec.decodeBlocking(record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
