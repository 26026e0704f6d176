package io.hookline.bench.measure;

import java.util.concurrent.locks.LockSupport;

/**
 * When the events of a steady stream are due. What is late is not moved: a latency counted from {@link #dueNs} includes the wait of those
 * that could not be started in time (no coordinated omission).
 */
public final class Pace {
    private final long startNs;
    private final double intervalNs;

    /**
     * @param startNs when event 0 is due, on {@link System#nanoTime}'s clock
     * @param perSecond events a second
     */
    public Pace(long startNs, double perSecond) {
        this.startNs = startNs;
        this.intervalNs = 1e9 / perSecond;
    }

    /** When event {@code number}, from 0, is due, on {@link System#nanoTime}'s clock. */
    public long dueNs(long number) {
        return startNs + Math.round(number * intervalNs);
    }

    /** Blocks until event {@code number} is due, and returns when that was; at once where it is late. */
    public long await(long number) {
        long due = dueNs(number);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }
}
