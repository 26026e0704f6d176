package io.hookline.bench.router;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** How fast events find their subscriptions. */
public final class RouterBenchmark {
    private RouterBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "router",
                "events times subscriptions to deliveries, against bare Kafka Streams and AWS's event-ruler",
                List.of(
                        MatcherScenario.equality(),
                        MatcherScenario.numeric(),
                        new IndexMemoryScenario(),
                        new ThroughputScenario(),
                        new FanOutScenario(),
                        new RestoreScenario(),
                        new RoutingLatencyScenario()));
    }
}
