package io.hookline.bench.latency;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** How long a partner waits. */
public final class LatencyBenchmark {
    private LatencyBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "latency",
                "from an event emitted to its POST received, whole pipeline, default configuration",
                List.of(new EmitToPostScenario()));
    }
}
