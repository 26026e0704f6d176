package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Contestant;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.Ceiling;
import io.hookline.bench.sink.EndpointSink;
import io.hookline.bench.sink.Sink;
import io.hookline.bench.sink.Sinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests a second that each sink takes, and that the bare client sends with few and with many requests under way. */
final class CeilingScenario implements Scenario {
    private static final int MANY_IN_FLIGHT = 2_000;
    private static final double LEAD = 0.15;
    private static final double SECONDS = 4;
    private static final int FIRST = 20_000;
    private static final String FAST = "fastest sink";
    private static final String OWN = "endpoint sink";
    private static final String FEW = "bare client";
    private static final String MANY = "bare client, 2,000 in flight";

    @Override
    public String name() {
        return "ceiling";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.baseline("sink_posts_per_s", "POSTs/s"),
                Target.baseline("endpoint_sink_posts_per_s", "POSTs/s"),
                Target.baseline("bare_client_posts_per_s", "POSTs/s"),
                Target.baseline("bare_client_2000_posts_per_s", "POSTs/s"),
                Target.baseline("bare_client_cpu_ms_per_post", "ms"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            Sink fast = stage.add(Sinks.fastest(RateScenario.ENDPOINTS));
            Sink own = stage.add(new EndpointSink(RateScenario.ENDPOINTS));
            double seconds = effort.isQuick() ? 1 : SECONDS;
            Duration time = Duration.ofMillis(Math.round(seconds * 1_000 / 2));
            Sender.Turns turns = new Sender.Turns(new SinkWatch(fast, LEAD), seconds, effort.scaled(FIRST));
            int endpoints = RateScenario.ENDPOINTS;
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(Contestant.of(FAST, () -> Ceiling.of(fast, Partners.body(1), time)));
            contestants.add(Contestant.of(OWN, () -> Ceiling.of(own, Partners.body(1), time)));
            contestants.add(Sender.bare(stage, FEW, fast, endpoints, RateScenario.BARE_IN_FLIGHT, turns));
            contestants.add(Sender.bare(stage, MANY, fast, endpoints, MANY_IN_FLIGHT, turns));
            Rounds rounds =
                    Rounds.run(contestants, effort.warmUps(), effort.isQuick() ? 1 : effort.rounds(), effort::say);
            effort.say("the fastest sink is " + fast.name());
            report.rows(name(), "POSTs", rounds, FAST, List.of(FAST, OWN, FEW, MANY));
            report.figure("sink_posts_per_s", perSecond(rounds, FAST));
            report.figure("endpoint_sink_posts_per_s", perSecond(rounds, OWN));
            report.figure("bare_client_posts_per_s", perSecond(rounds, FEW));
            report.figure("bare_client_2000_posts_per_s", perSecond(rounds, MANY));
            report.figure(
                    "bare_client_cpu_ms_per_post",
                    rounds.summary(FEW, Measured::cpuUsPerUnit).median() / 1_000);
        }
    }

    private static double perSecond(Rounds rounds, String who) {
        return rounds.summary(who, Measured::perSecond).median();
    }
}
