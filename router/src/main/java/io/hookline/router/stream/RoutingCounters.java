package io.hookline.router.stream;

import io.hookline.router.route.Fault;
import io.hookline.router.route.SourceEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been routed since the start, aborted transactions included. Any thread. */
public final class RoutingCounters {
    private static final Logger log = LoggerFactory.getLogger(RoutingCounters.class);
    private static final long LOG_EVERY_MS = 1_000;

    private final LongAdder events = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder matches = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final AtomicLong nextLogMs = new AtomicLong();

    void event() {
        events.increment();
    }

    void delivery(int subscriptions) {
        records.increment();
        matches.add(subscriptions);
    }

    /** Counts, and logs at most once a second: the topic has them all. */
    void dead(SourceEvent event, Fault fault, long nowMs) {
        dead.increment();
        long due = nextLogMs.get();
        if (nowMs >= due && nextLogMs.compareAndSet(due, nowMs + LOG_EVERY_MS)) {
            log.warn(
                    "event goes to pipeline.dead: position={} fault={} detail={} total={}",
                    event.position(),
                    fault.kind(),
                    fault.detail(),
                    dead.sum());
        }
    }

    /** Events read. */
    public long events() {
        return events.sum();
    }

    /** Records written to {@code deliveries}. */
    public long records() {
        return records.sum();
    }

    /** Pairs of an event and a subscription that receives it. */
    public long matches() {
        return matches.sum();
    }

    /** Records written to {@code pipeline.dead}. */
    public long dead() {
        return dead.sum();
    }
}
