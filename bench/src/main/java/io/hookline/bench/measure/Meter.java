package io.hookline.bench.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** CPU time and allocation of the thread that uses it, from one moment to another. */
public final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long startedNs = System.nanoTime();
    private final long cpuNs = THREADS.getCurrentThreadCpuTime();
    private final long bytes = THREADS.getCurrentThreadAllocatedBytes();

    private Meter() {}

    public static Meter start() {
        return new Meter();
    }

    /** What this thread did since the start. */
    public Measured stop(double units) {
        return new Measured(
                units,
                Math.max(1, System.nanoTime() - startedNs),
                THREADS.getCurrentThreadCpuTime() - cpuNs,
                THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
}
