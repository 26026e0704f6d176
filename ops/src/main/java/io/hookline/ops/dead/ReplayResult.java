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
 * @param doneBefore left out, because they were replayed or discarded before and the query does not mean those
 */
public record ReplayResult(
        @Nullable String replayId,
        long replayed,
        long ranges,
        List<LeftOut> leftOut,
        long unreadable,
        long doneBefore) {
    public ReplayResult {
        leftOut = List.copyOf(leftOut);
    }

    /** How many dead letters the query meant, whatever became of them. */
    public long met() {
        return replayed
                + ranges
                + unreadable
                + doneBefore
                + leftOut.stream().mapToLong(LeftOut::count).sum();
    }

    /** How many dead letters were left out for this cause. */
    public long leftOut(LeftOut.Cause cause) {
        return leftOut.stream()
                .filter(out -> out.cause() == cause)
                .mapToLong(LeftOut::count)
                .sum();
    }
}
