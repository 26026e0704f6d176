package io.hookline.router.schema;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of a stream thread, which hands no event on before the schema it is written with is known (or known not to exist). The
 * partition of such an event is paused at it; all others go on. So while the registry is down no stream thread blocks, no transaction
 * is held open, the group rebalances as usual, and nothing is skipped.
 *
 * <p>Nothing is kept in memory: the position goes back to the event, so whoever takes the partition over, and every offset that is
 * committed, is right by itself.
 */
public final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(GatedConsumer.class);

    private final Gate gate;
    private final Map<TopicPartition, Gate.Hold> held = new HashMap<>();

    public GatedConsumer(Map<String, Object> config, SchemaLookup schemas) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.gate = new Gate(schemas);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        release();
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        if (polled.isEmpty()) {
            return polled;
        }
        Gate.Admitted admitted = gate.admit(polled);
        admitted.held().forEach(this::hold);
        return admitted.records();
    }

    /** As everywhere, but for partitions that wait for a schema. */
    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(partitions.stream().filter(p -> !held.containsKey(p)).toList());
    }

    /** Whoever moves the position decides anew where to wait. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        held.remove(partition);
        super.seek(partition, offset);
    }

    /** As {@link #seek(TopicPartition, long)}. */
    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata position) {
        held.remove(partition);
        super.seek(partition, position);
    }

    private void hold(TopicPartition partition, Gate.Hold hold) {
        if (held.put(partition, hold) == null) {
            log.warn(
                    "partition waits for a schema: topic={} partition={} offset={} schemaId={}",
                    partition.topic(),
                    partition.partition(),
                    hold.record().offset(),
                    hold.schemaId());
        }
        super.pause(Set.of(partition));
        super.seek(partition, hold.position());
    }

    private void release() {
        if (held.isEmpty()) {
            return;
        }
        Set<TopicPartition> assigned = super.assignment();
        held.keySet().removeIf(partition -> !assigned.contains(partition));
        Set<TopicPartition> ready = held.entrySet().stream()
                .filter(entry -> gate.isReady(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        held.keySet().removeAll(ready);
        super.resume(ready);
        ready.forEach(p ->
                log.info("partition goes on, its schema is known: topic={} partition={}", p.topic(), p.partition()));
    }
}
