package io.hookline.ops.dead;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to.
 *
 * @param replayId of the deliveries written; null for a dry run
 * @param replayed dead letters written to {@code deliveries.replay}, or that would be
 * @param ranges counted ranges that were met; they hold no deliveries to replay
 * @param leftOut by subscription: deleted, paused, disabled; neither replayed nor marked
 * @param unreadable left out, because their record cannot be read
 */
public record ReplayResult(
        @Nullable String replayId, long replayed, long ranges, List<LeftOut> leftOut, long unreadable) {
    public ReplayResult {
        leftOut = List.copyOf(leftOut);
    }

    /** How many dead letters were left out for this cause. */
    public long leftOut(LeftOut.Cause cause) {
        return leftOut.stream()
                .filter(out -> out.cause() == cause)
                .mapToLong(LeftOut::count)
                .sum();
    }
}
