package io.hookline.prove.scenario;

import io.hookline.prove.load.Partner;
import io.hookline.prove.process.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Brokers killed and restarted on what they left: one, the controller, two at once, and one that stands still. */
final class Brokers implements Scenario {
    @Override
    public String name() {
        return "broker";
    }

    @Override
    public Shape shape() {
        return new Shape(1, 2, 8, 300, 50, Duration.ofSeconds(110), Duration.ofMinutes(2), Duration.ofSeconds(8));
    }

    @Override
    public List<Partner> partners(long seed) {
        return Partners.all(seed);
    }

    @Override
    public List<Step> faults(RandomGenerator random) {
        int one = random.nextInt(1, Cluster.SIZE + 1);
        int still = random.nextInt(1, Cluster.SIZE + 1);
        int left = random.nextInt(1, Cluster.SIZE + 1);
        Steps steps = new Steps()
                .killBroker(5_000, one)
                .startBroker(5_000 + random.nextLong(2_000, 9_000), one)
                .at(28_000, "kill -9 the controller, start it again", stage -> {
                    int controller = stage.cluster().controller();
                    stage.cluster().kill(controller);
                    stage.cluster().start(controller);
                })
                .at(50_000, "SIGSTOP broker-" + still, stage -> stage.cluster().stop(still))
                .at(64_000, "SIGCONT broker-" + still, stage -> stage.cluster().resume(still));
        for (int id = 1; id <= Cluster.SIZE; id++) {
            if (id != left) {
                steps.killBroker(84_000, id).startBroker(84_000 + random.nextLong(2_000, 7_000), id);
            }
        }
        return steps.sorted();
    }
}
