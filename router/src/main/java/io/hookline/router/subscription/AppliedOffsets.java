package io.hookline.router.subscription;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far each partition of the subscriptions topic has been read. One thread writes, any thread reads.
 *
 * <p>Two numbers a partition: {@code begun} is raised before a record changes the routes, {@code applied} after. Whoever names an offset
 * for routes it has just matched takes {@code begun}: it covers every change the match may have seen. Whoever wants to know
 * whether a change has taken effect takes {@code applied}.
 */
public final class AppliedOffsets {
    private static final long NONE = -1;

    private final AtomicLongArray begun;
    private final AtomicLongArray applied;

    /**
     * @param partitions P
     */
    public AppliedOffsets(int partitions) {
        begun = new AtomicLongArray(partitions);
        applied = new AtomicLongArray(partitions);
        for (int p = 0; p < partitions; p++) {
            begun.set(p, NONE);
            applied.set(p, NONE);
        }
    }

    /** P. */
    int partitions() {
        return begun.length();
    }

    void begin(int partition, long offset) {
        begun.set(partition, offset);
    }

    void end(int partition, long offset) {
        applied.set(partition, offset);
    }

    /** Offset of the last record that the routes may contain; -1 for none. */
    public long begun(int partition) {
        return begun.get(partition);
    }

    /** Partition to the offset of the last record that is in effect; partitions without any are left out. */
    public Map<Integer, Long> applied() {
        Map<Integer, Long> result = new TreeMap<>();
        for (int p = 0; p < applied.length(); p++) {
            if (applied.get(p) != NONE) {
                result.put(p, applied.get(p));
            }
        }
        return result;
    }
}
