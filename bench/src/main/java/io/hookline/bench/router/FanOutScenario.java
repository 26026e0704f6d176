package io.hookline.bench.router;

import io.hookline.bench.kafka.Backlog;
import io.hookline.bench.kafka.Deliveries;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Contestant;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Events to 100,000 subscriptions each: deliveries routed a second, and the bytes that one event becomes in {@code deliveries} (keys, values
 * and headers of its records; their framing in batches, some 70 bytes a record, is left out).
 */
final class FanOutScenario implements Scenario {
    private static final int SUBSCRIPTIONS = 100_000;
    private static final int EVENTS = 60;
    private static final long READ_NS_MAX = Duration.ofMinutes(1).toNanos();
    private static final String ROUTER = "router";

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atLeast("fanout_100k_deliveries_per_s", 1_000_000, "deliveries/s"),
                Target.atMost("fanout_100k_bytes", 5_242_880, "bytes"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            effort.say("writing " + SUBSCRIPTIONS + " subscriptions");
            Installation installation = new Installation(stage, "fanout.", false);
            installation.subscribe(SUBSCRIPTIONS, i -> Installation.subscription(Installation.id(i), null));
            Child process = stage.add(Child.startReady(Role.Kind.ROUTER, installation.settings()));
            Backlog backlog =
                    stage.add(new Backlog(installation, installation.names().routerGroup(), process));
            long bytes = bytesOfOne(installation, backlog);
            Rounds rounds = Rounds.run(
                    List.of(Contestant.of(ROUTER, () -> turn(backlog))),
                    effort.warmUps(),
                    effort.rounds(),
                    effort::say);
            report.rows(name(), "deliveries", rounds, ROUTER, List.of(ROUTER));
            report.row(name(), ROUTER, "bytes/event", Summary.of((double) bytes));
            report.figure(
                    "fanout_100k_deliveries_per_s",
                    rounds.summary(ROUTER, Measured::perSecond).median());
            report.figure("fanout_100k_bytes", (double) bytes);
        }
    }

    /** Events to deliveries. */
    private static Measured turn(Backlog backlog) {
        try {
            Measured events = backlog.run(EVENTS, i -> i);
            return new Measured(
                    events.units() * SUBSCRIPTIONS, events.wallNs(), events.cpuNs(), events.allocatedBytes());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Routes one event and reads what came of it, which must be a delivery to every subscription. */
    private static long bytesOfOne(Installation installation, Backlog backlog)
            throws ExecutionException, InterruptedException {
        Set<String> reached = new HashSet<>();
        long[] bytes = new long[1];
        try (Deliveries deliveries = new Deliveries(installation)) {
            backlog.run(1, i -> i);
            long until = System.nanoTime() + READ_NS_MAX;
            while (reached.size() < SUBSCRIPTIONS) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "One event reached " + reached.size() + " of " + SUBSCRIPTIONS + " subscriptions.");
                }
                deliveries.poll(record -> {
                    bytes[0] += record.serializedValueSize() + Math.max(0, record.serializedKeySize());
                    reached.addAll(deliveries.read(record).getSubscriptions());
                });
            }
        }
        return bytes[0];
    }
}
