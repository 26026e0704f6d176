package io.hookline.deliverer.track;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Finished offsets on their way into a snapshot: a bitmap of what each lies beyond the position. */
final class SnapshotBits {
    /** How far a snapshot reaches, in offsets. */
    static final long WINDOW = 1L << 32;

    private final long position;
    private final RoaringBitmap bits = new RoaringBitmap();

    SnapshotBits(long position) {
        this.position = position;
    }

    /** Adds the offsets from one up to, and without, the other; none where they are the wrong way round. */
    void add(long from, long to) {
        if (to <= from) {
            return;
        }
        if (to - position > WINDOW) {
            throw new IllegalStateException(
                    "Offsets " + position + " and " + (to - 1) + " are too far apart for one window.");
        }
        bits.add(from - position, to - position);
    }

    /** A serialized RoaringBitmap; null for none. */
    @Nullable
    ByteBuffer write() {
        if (bits.isEmpty()) {
            return null;
        }
        bits.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(bits.serializedSizeInBytes());
        bits.serialize(bytes);
        return bytes.flip();
    }
}
