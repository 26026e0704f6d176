package io.hookline.bench.deliverer;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** How fast deliveries reach their endpoints, and what the endpoints do to each other. */
public final class DelivererBenchmark {
    private static final String NOTES = """
            What limits them, by a profile of a deliverer at full rate (shares of a thread's samples):

            - `rate_vs_bare_client`, `cpu_ms_per_delivery`: the loop's thread is the busiest, with about 1.4 times the I/O thread's samples. A
              quarter of it is the HTTP client's own work up to the moment the I/O thread takes over, half of that looking for a free connection; a
              sixth rendering the body; a seventh its headers, half of that the signature; a quarter reading from Kafka and decoding. Of the
              I/O thread, a third is the system writing to sockets.
            """;

    private DelivererBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "deliverer",
                "deliveries of 1 KiB to signed POSTs, against a bare HTTP client and other consumers of Kafka",
                NOTES,
                List.of(
                        new RateScenario(),
                        new SlotsScenario(),
                        new FairnessScenario(),
                        new RetryScenario(),
                        new TakeoverScenario(),
                        new BacklogScenario()));
    }
}
