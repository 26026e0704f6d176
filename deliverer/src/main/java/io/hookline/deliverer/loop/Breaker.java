package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.BreakerPolicy;

/**
 * Stops trying an endpoint that only fails (circuit breaker: Nygard, <em>Release It!</em>, 2007). Closed, it counts how the attempts of the last
 * half minute ended; when enough of enough failed it opens, and what comes waits in the log. After a while, longer each time, it is half
 * open: one attempt at a time finds out. The first success closes it.
 *
 * <p>Times are of {@link System#nanoTime} for attempts and {@link Uptime} for the rest. Not thread-safe: the loop's.
 */
final class Breaker {
    static final long OPEN_MS = 5_000;
    static final long OPEN_MS_MAX = 60_000;

    /** Attempts are counted in two halves of the window, the older of which is dropped whole. */
    private static final long HALF_WINDOW_MS = 15_000;

    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private State state = State.CLOSED;
    private Reason reason = Reason.UNKNOWN;
    private long openMs;
    private long changedNanos;
    private long halfSinceMs;
    private int attempts;
    private int failures;
    private int attemptsBefore;
    private int failuresBefore;

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isHalfOpen() {
        return state == State.HALF_OPEN;
    }

    /** Why the last attempt failed that opened it. */
    Reason reason() {
        return reason;
    }

    /** For how long it is open, in milliseconds. */
    long openMs() {
        return openMs;
    }

    /** It has been open long enough. Does nothing unless it is. */
    void halfOpen(long nowNanos) {
        if (state == State.OPEN) {
            state = State.HALF_OPEN;
            changedNanos = nowNanos;
        }
    }

    /**
     * An attempt ended well.
     *
     * @return whether that closed it
     */
    boolean succeeded(long startedNanos, long nowMs) {
        if (state == State.CLOSED) {
            count(false, nowMs);
        } else if (state == State.HALF_OPEN && isNews(startedNanos)) {
            close();
            return true;
        }
        return false;
    }

    /**
     * An attempt failed.
     *
     * @return whether that opened it, for {@link #openMs}
     */
    boolean failed(Reason why, BreakerPolicy policy, long startedNanos, long nowNanos, long nowMs) {
        if (!policy.isEnabled()) {
            close();
            return false;
        }
        if (state == State.CLOSED) {
            count(true, nowMs);
            int all = attempts + attemptsBefore;
            if (all < policy.minimumAttempts() || failures + failuresBefore < policy.failureRatio() * all) {
                return false;
            }
            openMs = OPEN_MS;
        } else if (state == State.HALF_OPEN && isNews(startedNanos)) {
            openMs = Math.min(2 * openMs, OPEN_MS_MAX);
        } else {
            return false;
        }
        state = State.OPEN;
        reason = why;
        changedNanos = nowNanos;
        return true;
    }

    /** What was before no longer counts. */
    void close() {
        state = State.CLOSED;
        attempts = 0;
        failures = 0;
        attemptsBefore = 0;
        failuresBefore = 0;
    }

    /** What began before it opened, or before it was half open, is no probe. */
    private boolean isNews(long startedNanos) {
        return startedNanos - changedNanos >= 0;
    }

    private void count(boolean isFailure, long nowMs) {
        if (nowMs - halfSinceMs >= HALF_WINDOW_MS) {
            boolean isNext = nowMs - halfSinceMs < 2 * HALF_WINDOW_MS;
            attemptsBefore = isNext ? attempts : 0;
            failuresBefore = isNext ? failures : 0;
            attempts = 0;
            failures = 0;
            halfSinceMs = nowMs;
        }
        attempts++;
        failures += isFailure ? 1 : 0;
    }
}
