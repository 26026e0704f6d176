package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;

import io.hookline.prove.load.Partner;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Deliverers that stand still for longer than their session, lose their partitions without knowing, and wake. */
final class Zombie implements Scenario {
    /** The group's session of 10 s, and 15 s more. */
    private static final long STILL_MS = 25_000;

    @Override
    public String name() {
        return "zombie";
    }

    @Override
    public Shape shape() {
        return new Shape(1, 2, 8, 300, 60, Duration.ofSeconds(85), Duration.ofSeconds(90), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        int first = random.nextInt(1, 3);
        long one = random.nextLong(5_000, 9_000);
        long two = one + STILL_MS + random.nextLong(9_000, 13_000);
        return new Steps()
                .stop(one, deliverer(first))
                .resume(one + STILL_MS, deliverer(first))
                .stop(two, deliverer(3 - first))
                .resume(two + STILL_MS, deliverer(3 - first))
                .sorted();
    }
}
