package io.hookline.deliverer.loop;

/**
 * Tells a subscription whose queue is full because it is busy from one that does not take what comes. For the first, the partition's next
 * record waits a moment; what comes for the second is put off, so that the others of the partition go on. It ends when half of what waited
 * then is gone.
 *
 * <p>Times are of {@link Uptime}. Not thread-safe: the loop's.
 */
final class Overflow {
    /** How long a full queue may hold up the other subscriptions of its partition, in milliseconds. */
    static final long PATIENCE_MS = 1_000;

    private long landed;
    private long movedMs;
    private long fullSinceMs = -1;
    private long landedWhenFull;
    private long limit;

    /** Something is to be tried where there was nothing to do. */
    void moves(long nowMs) {
        movedMs = nowMs;
    }

    /** An attempt has ended. */
    void landed(long nowMs) {
        landed++;
        movedMs = nowMs;
    }

    /** Whether what comes is put off once as much waits as {@link #limit()} says. */
    boolean is() {
        return limit > 0;
    }

    long limit() {
        return limit;
    }

    /**
     * Notes that a record found the queue full.
     *
     * @param waiting how many wait
     * @param brisk how many attempts a second are enough for the others to wait for it
     */
    void foundFull(int waiting, int brisk, long nowMs) {
        if (nowMs - movedMs >= PATIENCE_MS) {
            begin(waiting);
        } else if (fullSinceMs < 0 || nowMs - fullSinceMs > 2 * PATIENCE_MS) {
            fullSinceMs = nowMs;
            landedWhenFull = landed;
        } else if (nowMs - fullSinceMs >= PATIENCE_MS) {
            if (landed - landedWhenFull < brisk * (nowMs - fullSinceMs) / 1_000) {
                begin(waiting);
            }
            fullSinceMs = -1;
        }
    }

    /** It is known to be overflowing. */
    void begin(int waiting) {
        limit = Math.max(1, waiting);
        fullSinceMs = -1;
    }

    /** One of those that waited is tried. */
    void taken(int waiting) {
        if (waiting == 0 || waiting < limit / 2) {
            limit = 0;
        }
    }
}
