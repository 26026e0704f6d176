package io.hookline.deliverer.loop;

import java.util.concurrent.TimeUnit;

/**
 * How often the loop asks its consumers for records: not after every answer, since asking costs as much as several deliveries and what was read
 * lasts for a while. In between it sees to what has happened.
 */
final class ReadPace {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private long dueNanos = System.nanoTime();

    boolean isDue() {
        return dueInNanos() <= 0;
    }

    long dueInNanos() {
        return dueNanos - System.nanoTime();
    }

    /** They were asked just now. */
    void read() {
        dueNanos = System.nanoTime() + EVERY_NANOS;
    }
}
