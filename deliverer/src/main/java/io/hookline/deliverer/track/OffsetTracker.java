package io.hookline.deliverer.track;

import io.hookline.avro.PartialRecord;
import io.hookline.avro.TopicPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records of one partition of one topic are finished. Records are taken in ascending order of the offsets that were received (there
 * are gaps: transaction markers, compaction) and finished in any order; a record may be made of several parts that finish apart.
 *
 * <p>{@link #position()} is where the next owner has to start reading; what is finished beyond it is in {@link #snapshot}, so that it is not
 * done twice. Memory, and the time of a snapshot, grow with the records under way, however many were finished meanwhile. Not
 * thread-safe: one loop owns it.
 */
public final class OffsetTracker {
    private final String topic;
    private final Map<Long, BitSet> restoredPartial = new HashMap<>();

    /** What the previous owner finished, as far as it was not taken yet. */
    private final OffsetRuns restoredDone;

    /** Records under way, a doubly linked list in ascending order of offsets with this as its ends. What lies between them is finished. */
    private final Entry ends = new Entry(-1, 0, new BitSet());

    private int underWay;
    private long next;

    /**
     * @param position offset of the first record that may be taken
     */
    public OffsetTracker(String topic, long position) {
        this(topic, position, OffsetRuns.NONE);
    }

    private OffsetTracker(String topic, long position, OffsetRuns restoredDone) {
        this.topic = topic;
        this.next = position;
        this.restoredDone = restoredDone;
    }

    /**
     * Continues where a previous owner stopped.
     *
     * @throws IllegalArgumentException where the bytes are not what {@link #snapshot} wrote
     */
    public static OffsetTracker restore(TopicPosition from) {
        OffsetRuns done;
        try {
            done = OffsetRuns.read(from.getPosition(), from.getDone());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The checkpoint of " + from.getTopic() + " at " + from.getPosition() + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
        OffsetTracker tracker = new OffsetTracker(from.getTopic(), from.getPosition(), done);
        for (PartialRecord partial : from.getPartial()) {
            tracker.restoredPartial.put(
                    partial.getOffset(), BitSet.valueOf(partial.getDone().duplicate()));
        }
        return tracker;
    }

    /** One record under way. */
    public final class Entry {
        private final long offset;
        private final int parts;
        private final BitSet done;
        private Entry before;
        private Entry after;

        private Entry(long offset, int parts, BitSet done) {
            this.offset = offset;
            this.parts = parts;
            this.done = done;
            this.before = this;
            this.after = this;
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
            if (!isDone()) {
                done.set(part);
                if (isDone()) {
                    remove(this);
                }
            }
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
        if (parts < 1) {
            throw new IllegalArgumentException("Offset " + offset + " of " + topic + " has " + parts + " parts.");
        }
        next = offset + 1;
        BitSet partial = restoredPartial.isEmpty() ? null : restoredPartial.remove(offset);
        Entry entry = new Entry(offset, parts, partial == null ? new BitSet(parts) : partial);
        entry.done.clear(parts, Math.max(parts, entry.done.length()));
        if (restoredDone.removeUpTo(offset)) {
            entry.done.set(0, parts);
        } else if (!entry.isDone()) {
            append(entry);
        }
        return entry;
    }

    /** Moves on over offsets that hold no record, such as transaction markers at the end of what was read. */
    public void skipTo(long position) {
        next = Math.max(next, position);
    }

    /** Offset below which everything is finished. */
    public long position() {
        return ends.after == ends ? next : ends.after.offset;
    }

    /** Offset of the next record to be taken, or below it. */
    public long next() {
        return next;
    }

    /** Records under way. */
    public int underWay() {
        return underWay;
    }

    /**
     * What the next owner needs to know.
     *
     * @throws IllegalStateException where the position stayed behind by more than a snapshot can reach, 2^32 offsets
     */
    public TopicPosition snapshot() {
        restoredPartial.keySet().removeIf(offset -> offset < next);
        long position = position();
        SnapshotBits done = new SnapshotBits(position);
        List<PartialRecord> partial = new ArrayList<>();
        long from = position;
        for (Entry entry = ends.after; entry != ends; entry = entry.after) {
            done.add(from, entry.offset);
            from = entry.offset + 1;
            if (!entry.done.isEmpty()) {
                partial.add(new PartialRecord(entry.offset, ByteBuffer.wrap(entry.done.toByteArray())));
            }
        }
        done.add(from, next);
        restoredDone.forEachFrom(next, done::add);
        restoredPartial.forEach(
                (offset, bits) -> partial.add(new PartialRecord(offset, ByteBuffer.wrap(bits.toByteArray()))));
        return new TopicPosition(topic, position, done.write(), partial);
    }

    private void append(Entry entry) {
        entry.before = ends.before;
        entry.after = ends;
        entry.before.after = entry;
        ends.before = entry;
        underWay++;
    }

    private void remove(Entry entry) {
        entry.before.after = entry.after;
        entry.after.before = entry.before;
        underWay--;
    }
}
