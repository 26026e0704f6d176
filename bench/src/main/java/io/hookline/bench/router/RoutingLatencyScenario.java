package io.hookline.bench.router;

import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.kafka.Stream;
import io.hookline.bench.measure.Latencies;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.router.RouterSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * From the moment an event is due to be produced, at 500 a second, to the moment a committed reader has its delivery: exactly once, at least
 * once, and the bare topology that copies, in turns.
 */
final class RoutingLatencyScenario implements Scenario {
    private static final int PER_SECOND = 500;
    private static final int SECONDS = 10;
    private static final int SUBSCRIPTIONS = 1_000;
    private static final String BARE = "pass-through, exactly once";
    private static final String EOS = "router, exactly once";
    private static final String ALOS = "router, at least once";

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atMost("latency_eos_p50_ms", 30, "ms"),
                Target.atMost("latency_eos_p99_ms", 100, "ms"),
                Target.atMost("latency_alos_p50_ms", 15, "ms"),
                Target.atMost("latency_alos_p99_ms", 60, "ms"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            Map<String, Stream> streams = new LinkedHashMap<>();
            streams.put(BARE, stream(stage, "bare.", Role.Kind.PASS_THROUGH, RouterSettings.EXACTLY_ONCE));
            streams.put(EOS, stream(stage, "eos.", Role.Kind.ROUTER, RouterSettings.EXACTLY_ONCE));
            streams.put(ALOS, stream(stage, "alos.", Role.Kind.ROUTER, RouterSettings.AT_LEAST_ONCE));
            int events = PER_SECOND * (effort.isQuick() ? SECONDS / 3 : SECONDS);
            Map<String, Latencies> all = new LinkedHashMap<>();
            for (int round = -effort.warmUps(); round < effort.rounds(); round++) {
                for (Map.Entry<String, Stream> each : streams.entrySet()) {
                    effort.say("round " + (round + 1) + " " + each.getKey());
                    Latencies latencies = each.getValue().run(PER_SECOND, events);
                    if (round >= 0) {
                        all.computeIfAbsent(each.getKey(), key -> new Latencies())
                                .addAll(latencies);
                    }
                }
            }
            all.forEach((who, latencies) -> rows(report, who, latencies));
            figures(report, "latency_eos", all.getOrDefault(EOS, new Latencies()));
            figures(report, "latency_alos", all.getOrDefault(ALOS, new Latencies()));
        }
    }

    private static Stream stream(Stage stage, String prefix, Role.Kind kind, String guarantee)
            throws ExecutionException, InterruptedException, TimeoutException {
        Installation installation = new Installation(stage, prefix, false);
        installation.subscribe(
                SUBSCRIPTIONS, i -> Installation.subscription(Installation.id(i), Installation.ofCustomer(i)));
        Map<String, String> settings = installation.settings();
        settings.put(RouterSettings.PROCESSING_GUARANTEE, guarantee);
        stage.add(Child.startReady(kind, settings));
        return stage.add(new Stream(installation, SUBSCRIPTIONS, kind == Role.Kind.PASS_THROUGH));
    }

    private void rows(Report report, String who, Latencies latencies) {
        for (double percent : new double[] {50, 99, 99.9}) {
            report.row(name(), who, "ms p" + percent, Summary.of(latencies.percentileMs(percent)));
        }
    }

    private static void figures(Report report, String key, Latencies latencies) {
        report.figure(key + "_p50_ms", latencies.percentileMs(50));
        report.figure(key + "_p99_ms", latencies.percentileMs(99));
    }
}
