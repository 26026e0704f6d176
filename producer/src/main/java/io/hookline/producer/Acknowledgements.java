package io.hookline.producer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what became of the events that Kafka's client has taken, so that flush and close can say whether all is well. A failure is also
 * logged, at most once in ten seconds with the number of those between, because not everyone looks at futures. Thread-safe.
 */
final class Acknowledgements {
    private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);
    private static final long LOG_EVERY_NS = Duration.ofSeconds(10).toNanos();

    private long outstanding;
    private long failed;
    private @Nullable Throwable firstFailure;
    private long unlogged;
    private long loggedAtNs = System.nanoTime() - LOG_EVERY_NS;

    synchronized void taken() {
        outstanding++;
    }

    /** Taken back: it was not taken after all. */
    synchronized void refused() {
        outstanding--;
    }

    synchronized void acknowledged() {
        outstanding--;
    }

    synchronized void failed(Throwable failure) {
        outstanding--;
        failed++;
        unlogged++;
        if (firstFailure == null) {
            firstFailure = failure;
        }
        long now = System.nanoTime();
        if (now - loggedAtNs >= LOG_EVERY_NS) {
            log.error("events not acknowledged: {} since the last such line; the latest:", unlogged, failure);
            loggedAtNs = now;
            unlogged = 0;
        }
    }

    /**
     * Begins a new count of failures.
     *
     * @throws NotAcknowledgedException if an event failed since the last call or, with {@code withOutstanding}, has no answer yet
     */
    synchronized void report(boolean withOutstanding) {
        long open = withOutstanding ? outstanding : 0;
        long missing = failed + open;
        Throwable first = firstFailure;
        failed = 0;
        firstFailure = null;
        if (missing > 0) {
            throw new NotAcknowledgedException(
                    missing,
                    missing + " of the events emitted since the last flush were not acknowledged by Kafka. "
                            + (first == null ? "No answer came in time." : "The first: " + first.getMessage()),
                    first);
        }
    }
}
