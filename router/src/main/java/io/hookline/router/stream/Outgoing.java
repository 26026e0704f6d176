package io.hookline.router.stream;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * An encoded record on its way out.
 *
 * @param partition where it belongs; negative for wherever its key leads
 */
record Outgoing(int partition, byte[] value) {
    static final int BY_KEY = -1;

    static Serializer<Outgoing> serializer() {
        return (topic, outgoing) -> outgoing.value();
    }

    /**
     * Sends a delivery to its partition.
     *
     * @param expected P as it was when the router started
     */
    static StreamPartitioner<byte[], Outgoing> partitioner(int expected) {
        return (topic, key, outgoing, partitions) -> {
            if (partitions != expected) {
                throw new PartitionsChangedException(topic, expected, partitions);
            }
            return Optional.of(Set.of(outgoing.partition()));
        };
    }
}
