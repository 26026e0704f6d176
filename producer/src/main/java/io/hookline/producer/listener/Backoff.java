package io.hookline.producer.listener;

import java.time.Duration;

/** How long to wait before trying again: the first delay, doubled each time up to a limit. */
record Backoff(Duration first, Duration max) {
    private static final int DOUBLINGS_MAX = 30;

    /** @param failures so far, at least 1 */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
        long ms = first.toMillis() << doublings;
        return ms >> doublings != first.toMillis() || ms > max.toMillis() ? max : Duration.ofMillis(ms);
    }
}
