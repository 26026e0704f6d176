package io.hookline.prove.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition outside of this process, by looking again and again. */
public final class Await {
    private static final long LOOK_MS = 100;
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Await() {}

    /**
     * Blocks until the condition holds.
     *
     * @throws IllegalStateException naming {@code what} if it does not within the time
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!holds(limit, condition)) {
            throw new IllegalStateException("Waited " + limit.toSeconds() + " s for " + what + ", in vain.");
        }
    }

    /** Blocks until the condition holds; false if it does not within the time. */
    public static boolean holds(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MS));
        }
        return true;
    }

    /** Blocks for so long, unless the thread is interrupted. */
    public static void pause(Duration time) {
        try {
            boolean unused = NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
