package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;
import static io.hookline.prove.process.Services.router;

import io.hookline.prove.load.Partner;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Deliverers and routers killed again and again, at any moment: while they start, take over, commit. */
final class Crash implements Scenario {
    private static final int ROUTERS = 2;
    private static final int DELIVERERS = 3;
    private static final Duration LOAD = Duration.ofSeconds(100);

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public Shape shape() {
        return new Shape(ROUTERS, DELIVERERS, 12, 500, 60, LOAD, Duration.ofSeconds(90), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        Steps steps = new Steps();
        add(steps, random, LOAD.toMillis(), ROUTERS, DELIVERERS);
        return steps.sorted();
    }

    /** Kills until the time is over. */
    static void add(Steps steps, RandomGenerator random, long untilMs, int routers, int deliverers) {
        for (long at = 4_000; at < untilMs - 8_000; at += random.nextLong(3_000, 9_000)) {
            boolean isRouter = random.nextInt(4) == 0;
            String victim =
                    isRouter ? router(random.nextInt(1, routers + 1)) : deliverer(random.nextInt(1, deliverers + 1));
            steps.kill(at, victim).start(at + random.nextLong(200, 7_000), victim);
        }
    }
}
