package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;
import static io.hookline.prove.process.Services.router;

import io.hookline.prove.load.Partner;
import io.hookline.prove.process.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** One of each: a deliverer, a router and a broker killed under load, with receivers of every kind. */
final class OneOfEach implements Scenario {
    @Override
    public String name() {
        return Scenarios.SHORT;
    }

    @Override
    public Shape shape() {
        return new Shape(1, 2, 6, 200, 25, Duration.ofSeconds(42), Duration.ofSeconds(60), Duration.ofSeconds(3));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        String deliverer = deliverer(random.nextInt(1, 3));
        int broker = random.nextInt(1, Cluster.SIZE + 1);
        long first = random.nextLong(4_000, 7_000);
        long second = random.nextLong(18_000, 21_000);
        long third = random.nextLong(28_000, 31_000);
        return new Steps()
                .kill(first, deliverer)
                .start(first + random.nextLong(1_000, 13_000), deliverer)
                .kill(second, router(1))
                .start(second + random.nextLong(1_000, 4_000), router(1))
                .killBroker(third, broker)
                .startBroker(third + random.nextLong(3_000, 10_000), broker)
                .sorted();
    }
}
