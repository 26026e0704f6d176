package io.hookline.bench.router;

import io.hookline.bench.report.Benchmark;
import java.util.List;

/** How fast events find their subscriptions. */
public final class RouterBenchmark {
    private static final String NOTES = """
            What limits them, by profiles of the processes (shares of a thread's samples; they vary little between runs):

            - `throughput_vs_passthrough`: both topologies spend most of an event in Kafka Streams and its clients. Of the router's stream thread
              about a third is polling and queueing records, a quarter reading the payload's JSON, a tenth looking up subscriptions, a twentieth
              committing. Every byte of the payload is looked at: what is malformed must be found, and of a name that occurs twice the last counts.
              Encoding the delivery hardly shows. A delivery is larger than its event, since the event's headers and position go with it, which costs
              the producer's thread and the broker.
            - `throughput_1m_vs_1k`: an event meets other subscriptions than the one before; what is told of them is not in the processor's caches.
            - `match_numeric_vs_event_ruler`: an event is in a third of the 1,000 ranges. Telling these matches takes half the time, reading the payload
              most of the other half.
            - `restore_1m_s`: one thread reads the topic and fills the index, another decodes and compiles ahead of it. Filling the index is waiting for
              memory: hashing a key that has just been made, a node of a trie, its children. Both threads share the cores with the JIT
              compiler (the process has just started), the garbage collector, which copies the growing index, and the broker that sends the topic.
            """;

    private RouterBenchmark() {}

    public static Benchmark create() {
        return new Benchmark(
                "router",
                "events times subscriptions to deliveries, against bare Kafka Streams and AWS's event-ruler",
                NOTES,
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
