package io.hookline.router;

import io.hookline.router.stream.PartitionsChangedException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.topic.UnusableTopicsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.UnknownTopologyException;
import org.jspecify.annotations.Nullable;

/**
 * Tells faults that pass from those that somebody has to mend, and limits how many of the first kind are survived: {@value #MAX} in
 * {@value #WINDOW_MINUTES} minutes, each followed by a longer pause. Any thread.
 */
final class Faults {
    static final int MAX = 20;
    static final int WINDOW_MINUTES = 10;
    private static final long PAUSE_MS_FIRST = 100;
    private static final long PAUSE_MS_MAX = 10_000;

    private final LongSupplier nowMs;
    private final Deque<Long> recent = new ArrayDeque<>();
    private long total;

    Faults(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    /** Counts a fault. The pause to make before going on, or empty where there were too many. */
    synchronized Optional<Duration> survive() {
        long now = nowMs.getAsLong();
        long since = now - Duration.ofMinutes(WINDOW_MINUTES).toMillis();
        recent.removeIf(at -> at < since);
        if (recent.size() >= MAX) {
            return Optional.empty();
        }
        recent.add(now);
        total++;
        long pause = PAUSE_MS_FIRST << Math.min(recent.size() - 1, 10);
        return Optional.of(Duration.ofMillis(Math.min(pause, PAUSE_MS_MAX)));
    }

    /** How many were survived since the start. */
    synchronized long total() {
        return total;
    }

    /** Why waiting would not help, for people; empty where it might. */
    static Optional<String> permanent(Throwable fault) {
        int depth = 0;
        for (Throwable cause = fault; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            String mend = mend(cause);
            if (mend != null) {
                String message = cause.getMessage();
                return Optional.of((message == null ? cause.toString() : message) + (mend.isEmpty() ? "" : " " + mend));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String mend(Throwable cause) {
        if (cause instanceof AuthorizationException) {
            return "Grant the router's principal what it lacks (docs/security.md lists what it needs).";
        }
        if (cause instanceof AuthenticationException) {
            return "Check the security.protocol, sasl.* and ssl.* settings.";
        }
        if (cause instanceof FencedInstanceIdException) {
            return "Another router runs with the same " + RouterSettings.INSTANCE_ID + ": give each its own.";
        }
        if (cause instanceof UnsupportedVersionException) {
            return "The cluster is too old for this router.";
        }
        boolean clear = cause instanceof UnusableTopicsException
                || cause instanceof PartitionsChangedException
                || cause instanceof InvalidTopicException
                || cause instanceof ConfigException
                || cause instanceof UnknownTopologyException
                || (cause instanceof RegistryException refusal && !refusal.retryable());
        return clear ? "" : null;
    }
}
