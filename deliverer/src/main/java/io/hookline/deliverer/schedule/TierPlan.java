package io.hookline.deliverer.schedule;

import io.hookline.schemas.topic.RetryTier;
import java.util.Optional;

/**
 * Which tier a waiting delivery goes to next. Within a tier everything waits equally long, so a delivery reaches its due window by
 * passing through the largest tier that does not overshoot, then the next, and spends what remains in memory.
 */
public final class TierPlan {
    /** The longest wait that is spent in memory, in milliseconds; as long as the second tier, so that no wait needs the first one twice. */
    public static final long HOLD_MS_MAX = 5_000;

    static final int HOPS_WANTED_MAX = 3;

    private static final RetryTier[] TIERS = RetryTier.values();

    private TierPlan() {}

    /**
     * The tier to wait in, or empty where the rest of the wait is short enough for memory.
     *
     * @param window when the attempt is due
     * @param nowMs milliseconds since 1970
     */
    public static Optional<RetryTier> next(DueWindow window, long nowMs) {
        if (window.notBeforeMs() - nowMs <= HOLD_MS_MAX) {
            return Optional.empty();
        }
        return Optional.of(largestWithin(window.notAfterMs() - nowMs));
    }

    /**
     * The tier for a delivery that has to be written down in any case: as {@link #next}, but never none.
     */
    public static RetryTier first(DueWindow window, long nowMs) {
        return largestWithin(window.notAfterMs() - nowMs);
    }

    /** How many tiers a wait passes through. */
    static int hops(long waitMs) {
        int hops = 0;
        long now = 0;
        DueWindow window = DueWindow.at(waitMs);
        do {
            now += first(window, now).delayMs();
            hops++;
        } while (waitMs - now > HOLD_MS_MAX);
        return hops;
    }

    private static RetryTier largestWithin(long waitMs) {
        for (int i = TIERS.length - 1; i > 0; i--) {
            if (TIERS[i].delayMs() <= waitMs) {
                return TIERS[i];
            }
        }
        return TIERS[0];
    }
}
