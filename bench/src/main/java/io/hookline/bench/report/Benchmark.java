package io.hookline.bench.report;

import java.util.List;

/**
 * A benchmark, as {@code hookline bench} knows it.
 *
 * @param name as it is asked for
 * @param description one line, for people
 * @param notes what limits the figures, by a profile; paragraphs of Markdown for the page of results
 * @param scenarios in the order in which they run
 */
public record Benchmark(String name, String description, String notes, List<Scenario> scenarios) {
    public Benchmark {
        scenarios = List.copyOf(scenarios);
    }

    /** A benchmark without notes. */
    public Benchmark(String name, String description, List<Scenario> scenarios) {
        this(name, description, "", scenarios);
    }

    /** Every figure of every scenario, in order. */
    public List<Target> targets() {
        return scenarios.stream().flatMap(each -> each.targets().stream()).toList();
    }
}
