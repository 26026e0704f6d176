package io.hookline.testkit.receiver;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the exchanges of one receiver share. */
record ReceiverContext(
        Clock clock,
        ScheduledExecutorService timer,
        WaitingExchanges waiting,
        int bodyBytesMax,
        @Nullable LogFile logFile,
        BiConsumer<ReceivedRequest, Outcome> onEnded) {

    /** Runs it on the timer's thread; never, if the receiver closes before. */
    void later(Duration delay, Runnable action) {
        try {
            var unused = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            // The connection is about to be closed, which ends the exchange.
        }
    }

    void ended(ReceivedRequest request, Outcome outcome) {
        if (logFile != null) {
            logFile.append(request, outcome);
        }
        onEnded.accept(request, outcome);
    }
}
