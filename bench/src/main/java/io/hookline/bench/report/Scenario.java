package io.hookline.bench.report;

import java.util.List;

/** One comparison, which answers for some of a benchmark's keys. */
public interface Scenario {
    /** Short, as the table shows it. */
    String name();

    /** The figures it measures, in the order in which they are printed. */
    List<Target> targets();

    /**
     * Measures, and reports every figure of {@link #targets}. Blocks for seconds to minutes; leaves nothing running behind.
     *
     * @throws Exception whatever ends it; the benchmark ends with it
     */
    void run(Effort effort, Report report) throws Exception;
}
