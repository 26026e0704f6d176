package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;

import io.hookline.prove.load.Partner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Deliverers come and go every few seconds, mostly as they should, sometimes killed; at least one stays. */
final class Rebalance implements Scenario {
    private static final int DELIVERERS = 4;
    private static final Duration LOAD = Duration.ofSeconds(100);

    @Override
    public String name() {
        return "rebalance";
    }

    @Override
    public Shape shape() {
        return new Shape(1, DELIVERERS, 12, 500, 60, LOAD, Duration.ofSeconds(90), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        Steps steps = new Steps();
        List<String> up = new ArrayList<>();
        for (int i = 1; i <= DELIVERERS; i++) {
            up.add(deliverer(i));
        }
        List<String> down = new ArrayList<>();
        for (long at = 4_000; at < LOAD.toMillis() - 8_000; at += random.nextLong(2_000, 6_000)) {
            boolean leaves = down.isEmpty() || (up.size() > 1 && random.nextBoolean());
            List<String> from = leaves ? up : down;
            String one = from.remove(random.nextInt(from.size()));
            (leaves ? down : up).add(one);
            if (!leaves) {
                steps.start(at, one);
            } else if (random.nextInt(4) == 0) {
                steps.kill(at, one);
            } else {
                steps.terminate(at, one);
            }
        }
        return steps.sorted();
    }
}
