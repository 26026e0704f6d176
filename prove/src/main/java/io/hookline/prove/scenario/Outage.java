package io.hookline.prove.scenario;

import io.hookline.prove.load.Partner;
import io.hookline.prove.receive.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Endpoints fall: one, half of them, all of them unreachable; and they come back. */
final class Outage implements Scenario {
    private static final String LONG = "1s 2s 3s 5s 5s 10s 10s 20s jitter 20%";
    private static final List<String> HALF = List.of("acme-orders", "shipping", "moody", "twice-refused");

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public Shape shape() {
        return new Shape(1, 2, 8, 300, 60, Duration.ofSeconds(80), Duration.ofSeconds(90), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Stream.concat(Partners.wellMeaning(seed).stream(), Stream.of(Partner.of("falls", Behaviour.ok())))
                .map(partner -> partner.schedule(LONG))
                .toList();
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        long fall = random.nextLong(4_000, 8_000);
        long half = random.nextLong(25_000, 30_000);
        long all = random.nextLong(55_000, 60_000);
        return new Steps()
                .behave(fall, "endpoint falls answers 500", List.of("falls"), Behaviour.dead())
                .behave(fall + 18_000, "endpoint falls is repaired", List.of("falls"), Behaviour.ok())
                .behave(half, "half of the endpoints answer 500", HALF, Behaviour.dead())
                .behave(half + 15_000, "half of the endpoints answer nothing", HALF, Behaviour.neverAnswers())
                .behave(half + 22_000, "they are repaired", HALF, Behaviour.ok())
                .at(
                        all,
                        "all endpoints refuse connections",
                        stage -> stage.receivers().goDown())
                .at(
                        all + 8_000,
                        "all endpoints are back",
                        stage -> stage.receivers().comeUp())
                .sorted();
    }
}
