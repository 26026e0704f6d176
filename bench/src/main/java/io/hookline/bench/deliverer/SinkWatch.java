package io.hookline.bench.deliverer;

import io.hookline.bench.measure.Measured;
import io.hookline.bench.process.Child;
import io.hookline.bench.sink.Sink;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches how fast POSTs arrive at a sink, which is the same for whoever sends them. The clock runs from a share of them to the last; CPU time
 * and allocation are those of the sender's process.
 */
final class SinkWatch {
    private static final long LOOK_NS = Duration.ofMillis(10).toNanos();
    private static final long QUIET_NS_MAX = Duration.ofSeconds(60).toNanos();

    private final Sink sink;
    private final double lead;

    /** @param lead the share of the POSTs that arrives before the clock starts: connections and fetches have begun by then */
    SinkWatch(Sink sink, double lead) {
        this.sink = sink;
        this.lead = lead;
    }

    /**
     * One contestant's turn.
     *
     * @param count how many POSTs it makes
     * @param process who makes them
     * @param start lets it begin; need not return before they are made
     * @param end waits for what is left to be done once they have arrived
     */
    Measured run(int count, Child process, Runnable start, Runnable end) {
        long before = sink.posts();
        Child.Usage used = process.usage();
        start.run();
        long began = await(before + Math.max(1, Math.round(count * lead)));
        long from = System.nanoTime();
        long ended = await(before + count);
        long wallNs = System.nanoTime() - from;
        end.run();
        Child.Usage after = process.usage();
        double units = ended - began;
        double share = units / count;
        return new Measured(
                Math.max(1, units),
                wallNs,
                Math.round((after.cpuNs() - used.cpuNs()) * share),
                Math.round((after.allocatedBytes() - used.allocatedBytes()) * share));
    }

    /** Blocks until so many have arrived since the sink started; how many have. */
    long await(long posts) {
        long known = sink.posts();
        long since = System.nanoTime();
        for (long now = known; now < posts; now = sink.posts()) {
            if (now > known) {
                known = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > QUIET_NS_MAX) {
                throw new IllegalStateException((posts - now) + " POSTs are missing, and none has come for "
                        + Duration.ofNanos(QUIET_NS_MAX).toSeconds() + " s.");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return Math.max(known, posts);
    }
}
