package io.hookline.deliverer.commit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One transaction's worth of outcomes. They are written together or not at all.
 *
 * @param outputs outcomes in the order they came about
 * @param state checkpoints and other state, made when the batch was sealed
 * @param offsets positions of the group's topic
 * @param group the group's generation when the batch was sealed, which fences a member that lost it
 */
public record Batch(
        List<Output> outputs,
        List<Output> state,
        Map<TopicPartition, OffsetAndMetadata> offsets,
        ConsumerGroupMetadata group) {

    public boolean isEmpty() {
        return outputs.isEmpty() && state.isEmpty() && offsets.isEmpty();
    }

    /** Whether any of it is an owner's, compared by identity. */
    public boolean isAbout(Object owner) {
        return Stream.concat(outputs.stream(), state.stream()).anyMatch(output -> output.owner() == owner);
    }
}
