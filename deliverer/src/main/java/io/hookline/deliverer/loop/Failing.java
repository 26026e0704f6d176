package io.hookline.deliverer.loop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when a subscription's attempts have only failed, and whether that is written down for owners to come. Not thread-safe: the loop's. */
final class Failing {
    private static final long NOT = -1;

    private long sinceMs = NOT;
    private boolean isRecorded;

    /**
     * An attempt failed.
     *
     * @param atMs when it began, milliseconds since 1970
     * @return since when they fail
     */
    long failed(long atMs) {
        sinceMs = sinceMs == NOT ? atMs : sinceMs;
        return sinceMs;
    }

    /** When the first attempt failed with no success since; null where the last one ended well. */
    @Nullable
    Instant since() {
        return sinceMs == NOT ? null : Instant.ofEpochMilli(sinceMs);
    }

    /** It is over; whether it is written down. */
    boolean ends() {
        boolean wasRecorded = isRecorded;
        sinceMs = NOT;
        isRecorded = false;
        return wasRecorded;
    }

    /** It is written down; whether that is new. */
    boolean record() {
        boolean isNew = !isRecorded;
        isRecorded = true;
        return isNew;
    }
}
