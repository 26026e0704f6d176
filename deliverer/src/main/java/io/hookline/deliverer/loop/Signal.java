package io.hookline.deliverer.loop;

import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.commit.CommitResult;

/** Something that happened on another thread and that the loop has to know. */
sealed interface Signal {
    /** An attempt has ended. */
    record Answered(Flight flight, Answer answer, long endedNanos) implements Signal {}

    /** A batch was committed, or not. */
    record BatchEnded(CommitResult result) implements Signal {}

    /** Where a taken-over partition stands in Kafka. */
    record OffsetsFound(Partition partition, TakeoverOffsets offsets) implements Signal {}

    /** Where it stands could not be found out. */
    record OffsetsNotFound(Partition partition, Throwable cause) implements Signal {}

    /** A host name was looked up, well or not. */
    record NameSettled(Target target) implements Signal {}

    /** A schema was fetched, or the registry did not give it; whoever waits tries again. */
    record SchemaSettled(int schemaId) implements Signal {}

    /** Wind up. */
    record Stop() implements Signal {}
}
