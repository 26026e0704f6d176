package io.hookline.ops.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InterruptException;

/** Keeps what is written at a rate; what a slow cluster held up is not made up for by writing faster later. One thread. */
public final class Pacer {
    private static final int BATCH_MAX = 1_000;

    private final int rate;
    private final LongSupplier nowNs;
    private long nextNs;
    private boolean begun;

    /**
     * @param rate records a second; 0 for no limit
     */
    public Pacer(int rate) {
        this(rate, System::nanoTime);
    }

    Pacer(int rate, LongSupplier nowNs) {
        this.rate = rate;
        this.nowNs = nowNs;
    }

    /** How many records to write at once, so that a rate is kept within a quarter of a second. */
    public int batch() {
        return rate == 0 ? BATCH_MAX : Math.max(1, Math.min(BATCH_MAX, rate / 4));
    }

    /** Says that so many more are written and waits as long as the rate wants. */
    public void written(int records) {
        long untilNs = due(records);
        while (untilNs - nowNs.getAsLong() > 0) {
            if (Thread.interrupted()) {
                throw new InterruptException("Interrupted while keeping the rate of " + rate + " a second.");
            }
            LockSupport.parkNanos(untilNs - nowNs.getAsLong());
        }
    }

    /** The time at which the next may be written, on the clock of {@code nowNs}. */
    long due(int records) {
        long now = nowNs.getAsLong();
        if (rate == 0) {
            return now;
        }
        boolean late = begun && nextNs - now < 0;
        nextNs = (begun && !late ? nextNs : now) + records * TimeUnit.SECONDS.toNanos(1) / rate;
        begun = true;
        return nextNs;
    }
}
