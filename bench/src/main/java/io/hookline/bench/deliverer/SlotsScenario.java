package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.Behaviour;
import io.hookline.bench.sink.EndpointSink;
import java.util.List;

/**
 * Endpoints that answer after 200 ms: 2,000 requests under way, which is the shipped limit, make 10,000 a second and no more. The bare client with
 * the same limit shows what the machine and the sink allow.
 */
final class SlotsScenario implements Scenario {
    private static final int ENDPOINTS = 100;
    private static final int IN_FLIGHT = 2_000;
    private static final long LATENCY_MS = 200;
    private static final double POSSIBLE = IN_FLIGHT * 1_000.0 / LATENCY_MS;
    private static final double LEAD = 0.3;
    private static final double SECONDS = 8;
    private static final String BARE = "bare client, 2,000 in flight";
    private static final String OURS = "hookline";

    @Override
    public String name() {
        return "slots, 200 ms";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atLeast("rate_vs_slots_200ms", 0.9, ""));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            EndpointSink sink = stage.add(new EndpointSink(ENDPOINTS));
            RateScenario.ceiling(effort, report, name(), sink);
            for (int i = 0; i < ENDPOINTS; i++) {
                sink.behave(i, Behaviour.after(LATENCY_MS));
            }
            double seconds = effort.isQuick() ? 2 : SECONDS;
            Sender.Turns turns =
                    new Sender.Turns(new SinkWatch(sink, LEAD), seconds, (int) Math.round(POSSIBLE * seconds / 2));
            Sender bare = Sender.bare(stage, BARE, sink, ENDPOINTS, IN_FLIGHT, turns);
            Sender ours = Sender.deliverer(stage, OURS, sink, ENDPOINTS, turns);
            int rounds = effort.isQuick() ? 1 : 5;
            Rounds measured = Rounds.run(List.of(bare, ours), 1, rounds, effort::say);
            report.rows(name(), "POSTs", measured, BARE, List.of(BARE, OURS));
            double[] shares = measured.of(OURS).stream()
                    .mapToDouble(Measured::perSecond)
                    .map(rate -> rate / POSSIBLE)
                    .toArray();
            report.row(name(), "hookline / in flight over latency", "", Summary.of(shares));
            report.figure("rate_vs_slots_200ms", Summary.of(shares).median());
        }
    }
}
