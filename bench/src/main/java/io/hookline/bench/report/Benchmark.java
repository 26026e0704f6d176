package io.hookline.bench.report;

import java.util.List;

/**
 * A benchmark, as {@code hookline bench} knows it.
 *
 * @param name as it is asked for
 * @param description one line, for people
 * @param scenarios in the order in which they run
 */
public record Benchmark(String name, String description, List<Scenario> scenarios) {
    public Benchmark {
        scenarios = List.copyOf(scenarios);
    }

    /** Every figure of every scenario, in order. */
    public List<Target> targets() {
        return scenarios.stream().flatMap(each -> each.targets().stream()).toList();
    }
}
