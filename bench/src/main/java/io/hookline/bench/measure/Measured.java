package io.hookline.bench.measure;

/**
 * One contestant's work in one round.
 *
 * @param units how much was done, in the scenario's unit; more than 0
 * @param wallNs how long it took, in nanoseconds; more than 0
 * @param cpuNs CPU time it took, in nanoseconds; {@link #UNKNOWN} where it cannot be told
 * @param allocatedBytes bytes of objects made; {@link #UNKNOWN} where it cannot be told
 */
public record Measured(double units, long wallNs, long cpuNs, long allocatedBytes) {
    public static final long UNKNOWN = -1;

    public Measured {
        if (!(units > 0) || wallNs <= 0) {
            throw new IllegalArgumentException(
                    units + " units in " + wallNs + " ns were measured: both must be more than 0.");
        }
    }

    public double perSecond() {
        return units * 1e9 / wallNs;
    }

    /** CPU microseconds a unit; NaN where unknown. */
    public double cpuUsPerUnit() {
        return cpuNs < 0 ? Double.NaN : cpuNs / 1e3 / units;
    }

    /** Allocated bytes a unit; NaN where unknown. */
    public double bytesPerUnit() {
        return allocatedBytes < 0 ? Double.NaN : allocatedBytes / units;
    }
}
