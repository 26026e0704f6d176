package io.hookline.bench.router;

import io.hookline.bench.kafka.Deliveries;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * After a clean stop, from the start of a new process to the first delivery that a committed reader sees: the start of the JVM, the
 * reading of all subscriptions, and the routing of an event that waits.
 */
final class RestoreScenario implements Scenario {
    private static final int SUBSCRIPTIONS = 1_000_000;
    private static final long START_NS_MAX = Duration.ofMinutes(5).toNanos();

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("restore_1m_s", 15, "s"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int count = effort.scaled(SUBSCRIPTIONS);
        try (Stage stage = new Stage()) {
            effort.say("writing " + count + " subscriptions");
            Installation installation = new Installation(stage, "restore.", false);
            installation.subscribe(
                    count, i -> Installation.subscription(Installation.id(i), Installation.ofCustomer(i)));
            try (Child first = Child.startReady(Role.Kind.ROUTER, installation.settings())) {
                effort.say(
                        "stopping the first router, which used " + first.usage().heapBytes() + " bytes of heap");
            }
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < (effort.isQuick() ? 1 : 3); round++) {
                seconds.add(restart(installation, round));
                effort.say("start " + (round + 1) + " took " + seconds.get(round) + " s");
            }
            Summary summary =
                    Summary.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
            report.row(name(), "router, " + count + " subscriptions", "s", summary);
            report.figure("restore_1m_s", summary.median());
        }
    }

    private static double restart(Installation installation, int customer) throws Exception {
        try (Deliveries deliveries = new Deliveries(installation);
                KafkaProducer<byte[], byte[]> producer = installation.producer(Map.of())) {
            producer.send(installation.order(customer, customer, 1_000_000)).get();
            long from = System.nanoTime();
            try (Child router = Child.start(Role.Kind.ROUTER, installation.settings())) {
                boolean[] routed = new boolean[1];
                while (!routed[0]) {
                    if (System.nanoTime() - from > START_NS_MAX) {
                        throw new IllegalStateException(
                                "Nothing was routed in " + START_NS_MAX / 1_000_000_000 + " s.");
                    }
                    deliveries.poll(record -> routed[0] = true);
                }
                double seconds = (System.nanoTime() - from) / 1e9;
                router.greeting();
                return seconds;
            }
        }
    }
}
