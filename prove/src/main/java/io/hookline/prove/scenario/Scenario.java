package io.hookline.prove.scenario;

import io.hookline.prove.load.Partner;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** One run: what there is, and what happens to it. */
public interface Scenario {

    String name();

    Shape shape();

    /** The subscriptions. */
    List<Partner> partners(long seed);

    /** The faults, in the order of time, none later than the end of the load. */
    List<Step> faults(RandomGenerator random);

    /**
     * How large.
     *
     * @param partitions P
     * @param keys ordering keys
     * @param eventsPerSecond while the load lasts
     * @param idleMax how long nothing may end after the load before the run gives up waiting
     * @param quiet how long everything is watched after the last delivery has ended, for what should not come any more
     */
    record Shape(
            int routers,
            int deliverers,
            int partitions,
            int keys,
            double eventsPerSecond,
            Duration load,
            Duration idleMax,
            Duration quiet) {}
}
