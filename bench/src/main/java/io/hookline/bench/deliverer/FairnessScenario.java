package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Flood;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.Behaviour;
import io.hookline.bench.sink.EndpointSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What sick endpoints do to the others: deliveries at half the rate that the deliverer reaches when all are well, with all well, with every tenth
 * dead (it takes requests and never answers), and with every hundredth answering after 15 s. Compared are the rate and the latency of those that are
 * well. Each turn has a stage of its own, so that none inherits what the one before left undone.
 */
final class FairnessScenario implements Scenario {
    private static final int ENDPOINTS = 100;
    private static final int WARM = 100_000;
    private static final int SECONDS = 40;
    private static final double SHARE = 0.5;
    private static final double LEAD = 0.15;
    private static final Ill NONE = new Ill("all well", 0, Behaviour.WELL);
    private static final Ill DEAD = new Ill("10 % dead", 10, Behaviour.DEAD);
    private static final Ill SLOW = new Ill("1 % slow", 100, Behaviour.after(15_000));

    /**
     * What is wrong with the endpoints in a turn.
     *
     * @param step one in so many is ill; 0 for none
     */
    private record Ill(String text, int step, Behaviour behaviour) {
        private static final int WHICH = 7;

        boolean spares(int endpoint) {
            return step == 0 || endpoint % step != WHICH;
        }
    }

    /** One turn: rates and 99th percentiles, of the endpoints that are well in the other turns. */
    private record Turn(double rateWithoutDead, double p99WithoutDead, double rateWithoutSlow, double p99WithoutSlow) {}

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atLeast("healthy_rate_dead10", 0.95, ""),
                Target.atMost("healthy_p99_dead10", 1.5, ""),
                Target.atLeast("healthy_rate_slow1", 0.95, ""),
                Target.atMost("healthy_p99_slow1", 1.5, ""));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int rounds = effort.isQuick() ? 1 : 3;
        double perSecond = 0;
        Map<Ill, List<Turn>> turns = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Ill ill : List.of(NONE, DEAD, SLOW)) {
                try (Bench bench = new Bench()) {
                    effort.say("round " + (round + 1) + "/" + rounds + ", warming up for: " + ill.text);
                    double most = bench.warmUp(effort.scaled(WARM));
                    perSecond = perSecond == 0 ? most * SHARE : perSecond;
                    effort.say(String.format(java.util.Locale.ROOT, "%s, %.0f/s", ill.text, perSecond));
                    int seconds = effort.isQuick() ? SECONDS / 10 : SECONDS;
                    turns.computeIfAbsent(ill, key -> new ArrayList<>()).add(bench.turn(ill, perSecond, seconds));
                }
            }
        }
        report.row(name(), "half of the full rate", "POSTs/s", Summary.of(perSecond));
        report(report, turns);
    }

    private void report(Report report, Map<Ill, List<Turn>> turns) {
        List<Turn> well = turns.getOrDefault(NONE, List.of());
        List<Turn> dead = turns.getOrDefault(DEAD, List.of());
        List<Turn> slow = turns.getOrDefault(SLOW, List.of());
        report.row(name(), "all well, those 90 %", "ms p99", summary(well, Turn::p99WithoutDead));
        report.row(name(), "10 % dead, the others", "ms p99", summary(dead, Turn::p99WithoutDead));
        report.row(name(), "all well, those 99 %", "ms p99", summary(well, Turn::p99WithoutSlow));
        report.row(name(), "1 % slow, the others", "ms p99", summary(slow, Turn::p99WithoutSlow));
        figure(
                report,
                "healthy_rate_dead10",
                "10 % dead: rate of the others / all well",
                dead,
                well,
                Turn::rateWithoutDead);
        figure(
                report,
                "healthy_p99_dead10",
                "10 % dead: p99 of the others / all well",
                dead,
                well,
                Turn::p99WithoutDead);
        figure(
                report,
                "healthy_rate_slow1",
                "1 % slow: rate of the others / all well",
                slow,
                well,
                Turn::rateWithoutSlow);
        figure(report, "healthy_p99_slow1", "1 % slow: p99 of the others / all well", slow, well, Turn::p99WithoutSlow);
    }

    private static Summary summary(List<Turn> turns, java.util.function.ToDoubleFunction<Turn> what) {
        return Summary.of(turns.stream().mapToDouble(what).toArray());
    }

    private void figure(
            Report report,
            String key,
            String text,
            List<Turn> ill,
            List<Turn> well,
            java.util.function.ToDoubleFunction<Turn> what) {
        double[] ratios = new double[ill.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = what.applyAsDouble(ill.get(i)) / what.applyAsDouble(well.get(i));
        }
        Summary summary = Summary.of(ratios);
        report.row(name(), text, "", summary);
        report.figure(key, summary.median());
    }

    /** A deliverer with its endpoints. */
    private static final class Bench implements AutoCloseable {
        private final Stage stage = new Stage();
        private final EndpointSink sink;
        private final Installation installation;
        private final Partners partners;
        private final Child process;
        private final Flood flood;

        Bench() throws Exception {
            try {
                sink = stage.add(new EndpointSink(ENDPOINTS));
                installation = new Installation(stage, "fair.", true);
                partners = new Partners(installation, ENDPOINTS, sink.url(), subscription -> {});
                process = stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
                flood = stage.add(new Flood(installation));
            } catch (Exception | Error e) {
                stage.close();
                throw e;
            }
        }

        /** Deliveries a second with all well, the second time. */
        double warmUp(int count) {
            SinkWatch watch = new SinkWatch(sink, LEAD);
            double perSecond = 0;
            for (int i = 0; i < 2; i++) {
                flood.write(count, partners::delivery);
                perSecond = watch.run(count, process, flood::open, () -> {}).perSecond();
            }
            return perSecond;
        }

        Turn turn(Ill ill, double perSecond, int seconds) {
            for (int i = 0; i < ENDPOINTS; i++) {
                if (!ill.spares(i)) {
                    sink.behave(i, ill.behaviour);
                }
            }
            int count = (int) Math.round(perSecond * seconds / ENDPOINTS) * ENDPOINTS;
            try (var producer = installation.producer(Map.of("linger.ms", 0))) {
                OpenLoop loop = OpenLoop.run(producer, partners, sink, perSecond, flood.written(), count, ill::spares);
                return new Turn(
                        loop.perSecond(DEAD::spares),
                        loop.latencies(DEAD::spares).percentileMs(99),
                        loop.perSecond(SLOW::spares),
                        loop.latencies(SLOW::spares).percentileMs(99));
            }
        }

        @Override
        public void close() {
            stage.close();
        }
    }
}
