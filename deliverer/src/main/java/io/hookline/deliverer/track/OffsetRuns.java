package io.hookline.deliverer.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Offsets that a previous owner finished, as ascending runs that are used up from the front. */
final class OffsetRuns {
    static final OffsetRuns NONE = new OffsetRuns(new long[0], 0);

    /** Every first offset followed by the one after the last. */
    private final long[] bounds;

    private final int length;
    private int at;

    private OffsetRuns(long[] bounds, int length) {
        this.bounds = bounds;
        this.length = length;
    }

    /** Takes offsets from one up to, and without, the other. */
    @FunctionalInterface
    interface RunConsumer {
        void accept(long from, long to);
    }

    /**
     * @param bytes what {@link SnapshotBits} wrote, relative to the position; null: none
     * @throws IllegalArgumentException where they are something else
     */
    static OffsetRuns read(long position, @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return NONE;
        }
        RoaringBitmap bits = new RoaringBitmap();
        try {
            bits.deserialize(bytes.duplicate());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("its set of finished offsets is damaged: " + e, e);
        }
        long[] bounds = new long[16];
        int length = 0;
        long from = bits.nextValue(0);
        while (from >= 0) {
            long absent = bits.nextAbsentValue((int) from);
            long to = absent < 0 ? SnapshotBits.WINDOW : absent;
            bounds = length == bounds.length ? Arrays.copyOf(bounds, 2 * length) : bounds;
            bounds[length++] = position + from;
            bounds[length++] = position + to;
            from = to < SnapshotBits.WINDOW ? bits.nextValue((int) to) : -1;
        }
        return new OffsetRuns(bounds, length);
    }

    /** Whether the offset is there; it and all before it need not be asked for again. */
    boolean removeUpTo(long offset) {
        while (at < length && bounds[at + 1] <= offset) {
            at += 2;
        }
        return at < length && bounds[at] <= offset;
    }

    void forEachFrom(long offset, RunConsumer consumer) {
        for (int i = at; i < length; i += 2) {
            if (bounds[i + 1] > offset) {
                consumer.accept(Math.max(offset, bounds[i]), bounds[i + 1]);
            }
        }
    }
}
