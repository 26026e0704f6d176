package io.hookline.deliverer.loop;

import io.hookline.deliverer.endpoint.Rate;
import java.util.concurrent.TimeUnit;

/**
 * Paces one subscription's attempts to its rate. A token bucket in the form of the generic cell rate algorithm (ITU-T I.371): all it keeps is
 * when the next attempt would be due at an even pace. After a rest a tenth of a second's worth may go at once, no more, so that a rate
 * is kept although time is looked at every few milliseconds only.
 *
 * <p>Times are of {@link System#nanoTime}. Not thread-safe: the loop's.
 */
final class TokenBucket {
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long intervalNanos;
    private final long toleranceNanos;
    private long dueNanos;

    TokenBucket(Rate rate, long nowNanos) {
        long periodNanos = TimeUnit.MILLISECONDS.toNanos(rate.periodMs());
        intervalNanos = (periodNanos + rate.attempts() - 1) / rate.attempts();
        toleranceNanos = BURST_NANOS;
        dueNanos = nowNanos;
    }

    /** How long until an attempt may begin; 0 or less: it may now. */
    long waitNanos(long nowNanos) {
        return dueNanos - toleranceNanos - nowNanos;
    }

    /** An attempt begins. */
    void take(long nowNanos) {
        dueNanos = (dueNanos - nowNanos > 0 ? dueNanos : nowNanos) + intervalNanos;
    }
}
