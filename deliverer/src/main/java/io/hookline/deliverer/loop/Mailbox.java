package io.hookline.deliverer.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Signals to the loop. Any thread may put one in; the loop takes them out, and is woken if it is asleep in a poll.
 */
final class Mailbox {
    private static final long NAP_NANOS = 100_000;

    private final ConcurrentLinkedQueue<Signal> signals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAsleep = new AtomicBoolean();
    private final Runnable wake;

    Mailbox(Runnable wake) {
        this.wake = wake;
    }

    void put(Signal signal) {
        signals.add(signal);
        if (isAsleep.compareAndSet(true, false)) {
            wake.run();
        }
    }

    /** Takes out all there is, in order. */
    void drain(Consumer<Signal> each) {
        Signal signal = signals.poll();
        while (signal != null) {
            each.accept(signal);
            signal = signals.poll();
        }
    }

    /** Announces that the loop is about to wait; false where there is something to do first. */
    boolean fallAsleep() {
        isAsleep.set(true);
        return signals.isEmpty() || !isAsleep.compareAndSet(true, false);
    }

    void awake() {
        isAsleep.set(false);
    }

    /** Waits until there is a signal, at most about so long. For the loop, where it must not wait in a poll. */
    void await(long nanos) {
        long until = System.nanoTime() + nanos;
        while (signals.isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
    }
}
