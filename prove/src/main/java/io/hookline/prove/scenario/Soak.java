package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;

import io.hookline.prove.load.Partner;
import io.hookline.prove.process.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** For as long as one likes: crashes, brokers and standing still, mixed. */
final class Soak implements Scenario {
    private static final int ROUTERS = 2;
    private static final int DELIVERERS = 3;
    private static final long STILL_MS = 25_000;

    private final Duration load;

    Soak(Duration load) {
        this.load = load;
    }

    @Override
    public String name() {
        return Scenarios.SOAK;
    }

    @Override
    public Shape shape() {
        return new Shape(ROUTERS, DELIVERERS, 12, 1_000, 40, load, Duration.ofMinutes(2), Duration.ofSeconds(10));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        Steps steps = new Steps();
        long end = load.toMillis();
        Crash.add(steps, random, end, ROUTERS, DELIVERERS);
        for (long at = 30_000; at < end - 30_000; at += random.nextLong(50_000, 90_000)) {
            int broker = random.nextInt(1, Cluster.SIZE + 1);
            steps.killBroker(at, broker).startBroker(at + random.nextLong(3_000, 12_000), broker);
        }
        for (long at = 60_000; at < end - 2 * STILL_MS; at += random.nextLong(100_000, 140_000)) {
            String one = deliverer(random.nextInt(1, DELIVERERS + 1));
            steps.stop(at, one).resume(at + STILL_MS, one);
        }
        return steps.sorted();
    }
}
