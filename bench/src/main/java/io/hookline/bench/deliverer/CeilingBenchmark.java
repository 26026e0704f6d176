package io.hookline.bench.deliverer;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** What the machine allows without Hookline. */
public final class CeilingBenchmark {
    private CeilingBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "ceiling",
                "the deliverer's baselines alone: what the sinks take, and what the bare HTTP client sends",
                List.of(new CeilingScenario()));
    }
}
