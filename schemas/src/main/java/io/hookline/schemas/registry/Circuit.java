package io.hookline.schemas.registry;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a registry that is down from being hammered: after a failure nobody asks for a fixed short time, then one caller probes
 * while the others go on being told no.
 *
 * <pre>
 *   closed --failure--> open until t --(now >= t: one probe, open until t + backoff)--> closed on success, open on failure
 * </pre>
 *
 * Times are of {@link System#nanoTime()}'s kind and passed in.
 */
final class Circuit {
    private record Open(long untilNanos, RegistryException cause) {}

    private final long backoffNanos;
    private final AtomicReference<@Nullable Open> state = new AtomicReference<>();

    Circuit(long backoffMillis) {
        this.backoffNanos = TimeUnit.MILLISECONDS.toNanos(backoffMillis);
    }

    /** Empty when the caller may ask; else what to fail with, without asking. */
    Optional<RegistryException> refusal(long now) {
        Open open = state.get();
        if (open == null) {
            return Optional.empty();
        }
        boolean due = now - open.untilNanos >= 0;
        if (due && state.compareAndSet(open, new Open(now + backoffNanos, open.cause))) {
            return Optional.empty();
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(open.untilNanos - now));
        String message = open.cause.getMessage() + " (not asked again for " + millis + " ms)";
        return Optional.of(
                open.cause instanceof RegistryException.AuthRefused
                        ? new RegistryException.AuthRefused(message, open.cause)
                        : new RegistryException.Unreachable(message, open.cause));
    }

    void succeeded() {
        state.set(null);
    }

    void failed(long now, RegistryException cause) {
        state.set(new Open(now + backoffNanos, cause));
    }
}
