package io.hookline.bench.latency;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** How long a partner waits. */
public final class LatencyBenchmark {
    private static final String NOTES = """
            The table of a run has beside it what plain Kafka takes from produced to consumed, the floor for any pipeline on it. A large
            part of the distance is the router's transaction: a deliverer sees a delivery when it is committed, which happens every 10 ms. The deliverer's own
            transaction comes after the POST and delays nothing.
            """;

    private LatencyBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "latency",
                "from an event emitted to its POST received, whole pipeline, default configuration",
                NOTES,
                List.of(new EmitToPostScenario()));
    }
}
