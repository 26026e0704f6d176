package io.hookline.ops.pipeline;

import io.hookline.avro.PipelineFault;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records are meant: those that satisfy every part that is given.
 *
 * @param faults empty: all
 * @param topic the topic the record was in; null: any
 * @param since kept at this time or later; null: from the beginning
 * @param until kept before this time; null: to the end
 */
public record PipelineQuery(
        Set<PipelineFault> faults,
        @Nullable String topic,
        @Nullable Instant since,
        @Nullable Instant until) {
    public PipelineQuery {
        faults = Set.copyOf(faults);
    }

    boolean matches(PipelineRow row) {
        return (faults.isEmpty() || faults.contains(row.dead().getFault()))
                && (topic == null || topic.equals(row.dead().getTopic()))
                && (since == null || !row.keptAt().isBefore(since))
                && (until == null || row.keptAt().isBefore(until));
    }
}
