package io.hookline.schemas.topic;

import java.time.Duration;

/**
 * A wheel of the retry timing wheel: a topic whose records all wait the same time, so that its head is always the next to leave
 * (hierarchical timing wheels: Varghese and Lauck, 1987, with topics as wheels). In ascending order of delay.
 */
public enum RetryTier {
    S1("1s", Duration.ofSeconds(1)),
    S5("5s", Duration.ofSeconds(5)),
    S30("30s", Duration.ofSeconds(30)),
    M5("5m", Duration.ofMinutes(5)),
    M30("30m", Duration.ofMinutes(30)),
    H2("2h", Duration.ofHours(2)),
    H10("10h", Duration.ofHours(10));

    private final String label;
    private final Duration delay;

    RetryTier(String label, Duration delay) {
        this.label = label;
        this.delay = delay;
    }

    /** The delay as it stands in the topic's name, such as {@code 30s}. */
    public String label() {
        return label;
    }

    public Duration delay() {
        return delay;
    }

    /** Delay in milliseconds. */
    public long delayMs() {
        return delay.toMillis();
    }
}
