package io.hookline.deliverer.loop;

import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.http.Sending;
import org.jspecify.annotations.Nullable;

/** A work whose attempt is under way. */
final class Flight extends Deadlines.Node {
    private final Work work;
    private final Target target;
    private final Endpoint endpoint;
    private final long definedAt;
    private final long startedAtMs;
    private final long startedNanos;
    private final Tenant tenant;
    private @Nullable Sending sending;

    /** @param endpoint as the target defines it now */
    Flight(Work work, Target target, Tenant tenant, Endpoint endpoint, long startedAtMs, long startedNanos) {
        this.work = work;
        this.target = target;
        this.tenant = tenant;
        this.endpoint = endpoint;
        this.definedAt = target.offset();
        this.startedAtMs = startedAtMs;
        this.startedNanos = startedNanos;
    }

    Work work() {
        return work;
    }

    Target target() {
        return target;
    }

    /** Of whose share it is. */
    Tenant tenant() {
        return tenant;
    }

    /** What was called, and by which rules the answer is judged, whatever became of the subscription meanwhile. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether the subscription is still what it was when the attempt began. */
    boolean isCurrent() {
        return target.offset() == definedAt;
    }

    /** Milliseconds since 1970. */
    long startedAtMs() {
        return startedAtMs;
    }

    long startedNanos() {
        return startedNanos;
    }

    void sending(Sending running) {
        this.sending = running;
    }

    @Override
    void expire() {
        if (sending != null) {
            sending.expire();
        }
    }
}
