package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.Ceiling;
import io.hookline.bench.sink.Sink;
import io.hookline.bench.sink.Sinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Deliveries a second to endpoints that answer at once: the deliverer, its HTTP client in a bare loop, and the peers, each in its process. Nobody
 * has more requests under way than the deliverer may have; who is faster with fewer has fewer.
 */
final class RateScenario implements Scenario {
    static final int ENDPOINTS = 100;

    /** With which the bare client and the peers are at their best. */
    static final int BARE_IN_FLIGHT = 64;

    private static final int BLOCKING_IN_FLIGHT = 64;
    private static final int PARTITION_THREADS = 32;
    private static final int SHARED_IN_FLIGHT = 2_000;
    private static final double LEAD = 0.15;

    /** Until then the compilers of all contestants are busy, that of the deliverer, which has most code, longest. */
    private static final int WARM_UPS = 8;

    private static final double SECONDS = 5;
    private static final int FIRST = 20_000;
    private static final double NEAR = 0.8;

    private static final String BARE = "bare client";
    private static final String OURS = "hookline";
    private static final String PARALLEL = "parallel-consumer";
    private static final String SPRING = "spring-kafka";
    private static final String SHARE = "share group";

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atLeast("rate_vs_bare_client", 0.7, ""),
                Target.atLeast("rate_vs_parallel_consumer", 3, ""),
                Target.atLeast("rate_vs_spring_kafka", 5, ""),
                Target.atLeast("rate_vs_share_group", 1, ""),
                Target.atMost("cpu_ms_per_delivery", 0.06, "ms"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            Sink sink = stage.add(Sinks.fastest(ENDPOINTS));
            double ceiling = ceiling(effort, report, name(), sink);
            Sender.Turns turns = new Sender.Turns(
                    new SinkWatch(sink, LEAD), effort.isQuick() ? 1 : SECONDS, effort.isQuick() ? FIRST / 5 : FIRST);
            effort.say("starting the contestants");
            List<Sender> senders = new ArrayList<>();
            report.fact("sink", sink.name());
            senders.add(Sender.bare(stage, BARE, sink, ENDPOINTS, BARE_IN_FLIGHT, turns));
            senders.add(Sender.deliverer(stage, OURS, sink, ENDPOINTS, turns));
            senders.add(Sender.peer(
                    stage, PARALLEL, Role.Kind.PARALLEL_CONSUMER, sink, ENDPOINTS, BLOCKING_IN_FLIGHT, turns));
            senders.add(Sender.peer(stage, SPRING, Role.Kind.SPRING_KAFKA, sink, ENDPOINTS, PARTITION_THREADS, turns));
            senders.add(Sender.peer(stage, SHARE, Role.Kind.SHARE_GROUP, sink, ENDPOINTS, SHARED_IN_FLIGHT, turns));
            Rounds rounds = Rounds.run(
                    List.copyOf(senders),
                    effort.isQuick() ? 1 : WARM_UPS,
                    effort.isQuick() ? 1 : effort.rounds(),
                    effort::say);
            for (Sender sender : senders) {
                if (sender.name().equals(PARALLEL)) {
                    report.fact("parallelConsumer", sender.process().greeting());
                } else if (sender.name().equals(SPRING)) {
                    report.fact("springKafka", sender.process().greeting());
                }
            }
            report.rows(name(), "POSTs", rounds, BARE, List.of(BARE, OURS, PARALLEL, SPRING, SHARE));
            figures(report, rounds);
            noteLimit(effort, ceiling, rounds);
        }
    }

    private static void figures(Report report, Rounds rounds) {
        report.figure("rate_vs_bare_client", rounds.ratio(OURS, BARE).median());
        report.figure("rate_vs_parallel_consumer", rounds.ratio(OURS, PARALLEL).median());
        report.figure("rate_vs_spring_kafka", rounds.ratio(OURS, SPRING).median());
        report.figure("rate_vs_share_group", rounds.ratio(OURS, SHARE).median());
        report.figure(
                "cpu_ms_per_delivery",
                rounds.summary(OURS, Measured::cpuUsPerUnit).median() / 1_000);
    }

    /** Requests a second that the sink takes; a line of the table. */
    static double ceiling(Effort effort, Report report, String scenario, Sink sink) {
        Duration time = effort.isQuick() ? Duration.ofMillis(500) : Duration.ofSeconds(2);
        effort.say("how much the sink takes");
        Ceiling.of(sink, Partners.body(1), time);
        double[] perSecond = new double[3];
        for (int i = 0; i < perSecond.length; i++) {
            perSecond[i] = Ceiling.of(sink, Partners.body(1), time).perSecond();
        }
        Summary summary = Summary.of(perSecond);
        report.row(scenario, sink.name() + ", ceiling", "POSTs/s", summary);
        return summary.median();
    }

    private static void noteLimit(Effort effort, double ceiling, Rounds rounds) {
        for (String name : List.of(BARE, OURS)) {
            double rate = rounds.summary(name, Measured::perSecond).median();
            if (rate > NEAR * ceiling) {
                effort.say(String.format(
                        Locale.ROOT, "%s is held up by the sink: %.0f of %.0f requests/s", name, rate, ceiling));
            }
        }
    }
}
