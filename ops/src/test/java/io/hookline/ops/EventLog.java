package io.hookline.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.avro.Delivery;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.topic.Topics;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes JSON events and reads what was made of them. */
public final class EventLog {
    private final KafkaConnection kafka;

    public EventLog(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    public EventLog topic(String type, int partitions) {
        TopicCatalogue catalogue = new TopicCatalogue(kafka.names(), kafka.partitions());
        new Topics(kafka).create(List.of(catalogue.events(type, partitions)), 1, false);
        return this;
    }

    /** So many events of a tenant, in one transaction, all over the topic's partitions. */
    public void emit(String type, String tenant, int count, IntFunction<String> data) {
        try (Producer<byte[], byte[]> producer = kafka.producer(kafka.names().prefix() + "emitter")) {
            producer.initTransactions();
            producer.beginTransaction();
            int partitions = kafka.partitionsOf(kafka.names().events(type));
            for (int i = 0; i < count; i++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        kafka.names().events(type),
                        i % partitions,
                        ("key" + i % 7).getBytes(UTF_8),
                        data.apply(i).getBytes(UTF_8));
                record.headers()
                        .add("content-type", "application/json".getBytes(UTF_8))
                        .add("ce_tenant", tenant.getBytes(UTF_8));
                var unused = producer.send(record);
            }
            producer.commitTransaction();
        }
    }

    /** Everything committed in {@code deliveries.replay}. */
    public List<Delivery> replayed() {
        List<Delivery> deliveries = new ArrayList<>();
        var codec = kafka.codec(Delivery.class);
        try (PartitionReader reader = new PartitionReader(kafka)) {
            reader.readAll(
                    PartitionReader.all(kafka.names().deliveriesReplay(), kafka.partitions()),
                    PartitionReader.Open.WAIT,
                    read -> deliveries.add(codec.decodeBlocking(read.value())));
        }
        return deliveries;
    }
}
