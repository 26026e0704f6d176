package io.hookline.ops.pipeline;

import io.hookline.avro.PipelineDead;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code pipeline.dead}.
 *
 * @param key of the record that could not be read; null where it had none
 * @param keptAt when the broker recorded it in {@code pipeline.dead}
 */
public record PipelineRow(PipelineDeadId id, @Nullable ByteBuffer key, Instant keptAt, PipelineDead dead) {}
