package io.hookline.deliverer.loop;

/**
 * How many attempts one subscription may have under way, found out by trying, as TCP does (Jacobson, <em>Congestion avoidance and
 * control</em>, 1988): it starts small, each answer lets it grow by one, so that it doubles with each round while the endpoint keeps up, up to
 * what the subscription allows; signs of overload halve it, once a round. So an endpoint that never answers holds a handful of the slots that
 * all share, and a healthy one soon has what it can use.
 *
 * <p>Not thread-safe: the loop's.
 */
final class InFlightWindow {
    static final int INITIAL = 8;

    private int size;
    private long halvedNanos = Long.MIN_VALUE;

    /** @param initial how many to begin with */
    InFlightWindow(int initial) {
        size = initial;
    }

    /** @param most what the subscription allows */
    int size(int most) {
        return Math.min(size, most);
    }

    /** An answer came that is no sign of overload, whatever it says. */
    void answered(int most) {
        size = Math.min(size + 1, Math.max(INITIAL, most));
    }

    /**
     * An attempt timed out, found no connection, or was told to slow down.
     *
     * @param startedNanos when it began, {@link System#nanoTime}; one that began before the last halving tells nothing new
     */
    void overloaded(long startedNanos, long nowNanos) {
        if (halvedNanos == Long.MIN_VALUE || startedNanos - halvedNanos >= 0) {
            size = Math.max(1, size / 2);
            halvedNanos = nowNanos;
        }
    }
}
