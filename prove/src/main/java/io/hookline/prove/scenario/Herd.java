package io.hookline.prove.scenario;

import static io.hookline.prove.process.Services.deliverer;

import io.hookline.prove.load.Partner;
import io.hookline.prove.receive.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything fails, then everything comes back at once: endpoints, and both deliverers, with a backlog waiting. */
final class Herd implements Scenario {
    private static final String LONG = "1s 2s 3s 5s 5s 10s 10s 20s jitter 20%";

    @Override
    public String name() {
        return "herd";
    }

    @Override
    public Shape shape() {
        return new Shape(1, 2, 8, 300, 120, Duration.ofSeconds(70), Duration.ofMinutes(2), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.wellMeaning(seed).stream()
                .map(partner -> partner.schedule(LONG))
                .toList();
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        List<String> all = partners(0).stream().map(Partner::id).toList();
        long fall = random.nextLong(4_000, 8_000);
        long gone = fall + random.nextLong(12_000, 16_000);
        return new Steps()
                .behave(fall, "all endpoints answer 500", all, Behaviour.dead())
                .kill(gone, deliverer(1))
                .kill(gone, deliverer(2))
                .behave(gone + 12_000, "all endpoints are repaired", all, Behaviour.ok())
                .start(gone + 12_000, deliverer(1))
                .start(gone + 12_000, deliverer(2))
                .sorted();
    }
}
