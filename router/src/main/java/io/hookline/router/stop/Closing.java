package io.hookline.router.stop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Whether the router has been told to close. Once told, always told. */
public final class Closing {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    /** Ends all pauses. */
    public void tell() {
        latch.countDown();
        told.complete(null);
    }

    public boolean isTold() {
        return latch.getCount() == 0;
    }

    /** Completes when it is told. */
    public CompletableFuture<Void> told() {
        return told.copy();
    }

    /**
     * Waits.
     *
     * @param why said in the exception
     * @throws ClosingException as soon as the router closes
     */
    public void pause(Duration time, String why) {
        try {
            if (latch.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ClosingException("The router closes. Given up: " + why);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
