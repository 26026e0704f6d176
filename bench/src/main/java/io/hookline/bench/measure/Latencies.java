package io.hookline.bench.measure;

import java.util.Arrays;

/** Durations, all of them kept. One thread, or guarded by its user. */
public final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    public void add(long durationNs) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = durationNs;
    }

    public void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    public int count() {
        return count;
    }

    /**
     * The smallest of them that at least {@code percent} per cent do not exceed (nearest rank, nothing is interpolated), in milliseconds.
     *
     * @param percent over 0, up to 100
     */
    public double percentileMs(double percent) {
        if (count == 0 || !(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("There is no percentile " + percent + " of " + count + " durations.");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        // What is an integer but for the last bits of a double is that integer.
        int rank = (int) Math.ceil(percent * count / 100 - 1e-9);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
