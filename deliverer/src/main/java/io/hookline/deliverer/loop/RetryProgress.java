package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery takes along from one attempt to the next.
 *
 * @param attempts made so far
 * @param firstAttemptAt null before the first
 * @param lastReason why the last one failed, or why it waits
 * @param lastStatus HTTP status of the last answer, or null
 */
record RetryProgress(
        int attempts,
        @Nullable Instant firstAttemptAt,
        Reason lastReason,
        @Nullable Integer lastStatus) {}
