package io.hookline.deliverer.track;

import io.hookline.avro.PartialRecord;
import io.hookline.avro.TopicPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which records of one partition of one topic are finished. Records are taken in ascending order of the offsets that were received (there
 * are gaps: transaction markers, compaction) and finished in any order; a record may be made of several parts that finish apart.
 *
 * <p>{@link #position()} is where the next owner has to start reading; what is finished beyond it is in {@link #snapshot}, so that it is not
 * done twice. Memory: one entry a record between the position and the last one taken. Not thread-safe: one loop owns it.
 */
public final class OffsetTracker {
    private final String topic;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long next;
    private RoaringBitmap restoredDone = new RoaringBitmap();
    private long restoredBase;
    private final Map<Long, BitSet> restoredPartial = new HashMap<>();

    /**
     * @param position offset of the first record that may be taken
     */
    public OffsetTracker(String topic, long position) {
        this.topic = topic;
        this.next = position;
        this.restoredBase = position;
    }

    /** Continues where a previous owner stopped. */
    public static OffsetTracker restore(TopicPosition from) {
        OffsetTracker tracker = new OffsetTracker(from.getTopic(), from.getPosition());
        ByteBuffer done = from.getDone();
        if (done != null) {
            tracker.restoredDone = read(done);
        }
        for (PartialRecord partial : from.getPartial()) {
            tracker.restoredPartial.put(
                    partial.getOffset(), BitSet.valueOf(partial.getDone().duplicate()));
        }
        return tracker;
    }

    /** One record under way. */
    public static final class Entry {
        private final long offset;
        private final int parts;
        private final BitSet done;

        private Entry(long offset, int parts, BitSet done) {
            this.offset = offset;
            this.parts = parts;
            this.done = done;
        }

        public long offset() {
            return offset;
        }

        public boolean isDone(int part) {
            return done.get(part);
        }

        /** Whether all parts are finished. */
        public boolean isDone() {
            return done.cardinality() == parts;
        }

        /** Marks a part finished; a part that already is stays so. */
        public void finish(int part) {
            if (part < 0 || part >= parts) {
                throw new IllegalArgumentException("Part " + part + " of a record with " + parts + " parts.");
            }
            done.set(part);
        }

        private void finishAll() {
            done.set(0, parts);
        }
    }

    /**
     * Takes the next record. What a previous owner finished of it is already marked in the entry.
     *
     * @param offset its offset, above all taken before
     * @param parts number of parts, at least 1
     */
    public Entry take(long offset, int parts) {
        if (offset < next) {
            throw new IllegalArgumentException(
                    "Offset " + offset + " of " + topic + " taken again: " + next + " or above is expected.");
        }
        next = offset + 1;
        BitSet partial = restoredPartial.remove(offset);
        Entry entry = new Entry(offset, parts, partial == null ? new BitSet(parts) : partial);
        entry.done.clear(parts, Math.max(parts, entry.done.length()));
        if (wasDone(offset)) {
            entry.finishAll();
        }
        entries.addLast(entry);
        return entry;
    }

    /** Moves on over offsets that hold no record, such as transaction markers at the end of what was read. */
    public void skipTo(long position) {
        next = Math.max(next, position);
    }

    /** Offset below which everything is finished. */
    public long position() {
        Entry head = entries.peekFirst();
        while (head != null && head.isDone()) {
            entries.removeFirst();
            head = entries.peekFirst();
        }
        return head == null ? next : head.offset;
    }

    /** Offset of the next record to be taken, or below it. */
    public long next() {
        return next;
    }

    /** Records between the position and the last one taken. */
    public int span() {
        position();
        return entries.size();
    }

    /** What the next owner needs to know. */
    public TopicPosition snapshot() {
        long position = position();
        RoaringBitmap done = new RoaringBitmap();
        List<PartialRecord> partial = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.isDone()) {
                done.add(relative(entry.offset, position));
            } else if (!entry.done.isEmpty()) {
                partial.add(new PartialRecord(entry.offset, ByteBuffer.wrap(entry.done.toByteArray())));
            }
        }
        restoredDone.forEach((int relative) -> {
            long offset = restoredBase + Integer.toUnsignedLong(relative);
            if (offset >= next) {
                done.add(relative(offset, position));
            }
        });
        restoredPartial.forEach((offset, bits) -> {
            if (offset >= next) {
                partial.add(new PartialRecord(offset, ByteBuffer.wrap(bits.toByteArray())));
            }
        });
        return new TopicPosition(topic, position, done.isEmpty() ? null : write(done), partial);
    }

    private boolean wasDone(long offset) {
        long relative = offset - restoredBase;
        return relative >= 0 && relative <= 0xffff_ffffL && restoredDone.contains((int) relative);
    }

    private static int relative(long offset, long position) {
        long distance = offset - position;
        if (distance > 0xffff_ffffL) {
            throw new IllegalStateException(
                    "Offsets " + position + " and " + offset + " are too far apart for one window.");
        }
        return (int) distance;
    }

    private static ByteBuffer write(RoaringBitmap bitmap) {
        bitmap.runOptimize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(bitmap.serializedSizeInBytes());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            bitmap.serialize(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static RoaringBitmap read(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        RoaringBitmap bitmap = new RoaringBitmap();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            bitmap.deserialize(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bitmap;
    }
}
