package io.hookline.deliverer.loop;

import io.hookline.deliverer.http.Exchange;
import org.jspecify.annotations.Nullable;

/** A work whose attempt is under way. */
final class Flight extends Deadlines.Node {
    private final Work work;
    private final Target target;
    private final long startedAtMs;
    private final long startedNanos;
    private @Nullable Exchange exchange;

    Flight(Work work, Target target, long startedAtMs, long startedNanos) {
        this.work = work;
        this.target = target;
        this.startedAtMs = startedAtMs;
        this.startedNanos = startedNanos;
    }

    Work work() {
        return work;
    }

    Target target() {
        return target;
    }

    /** Milliseconds since 1970. */
    long startedAtMs() {
        return startedAtMs;
    }

    long startedNanos() {
        return startedNanos;
    }

    void exchange(Exchange running) {
        this.exchange = running;
    }

    @Override
    void expire() {
        if (exchange != null) {
            exchange.expire();
        }
    }
}
