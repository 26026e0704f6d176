package io.hookline.deliverer.park;

import io.hookline.avro.ParkedUnit;
import io.hookline.avro.Reason;
import java.time.Instant;
import java.util.PrimitiveIterator;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Some of the offsets of one topic's partition that a subscription's records wait at; what is written at a time. */
final class Segment {
    /** Offsets of one segment: many, so that a segment's own bytes do not count; few, so that it is written again cheaply while it grows. */
    static final int OFFSETS_MAX = 512;

    private static final int FORMAT_VERSION = 1;
    private static final long REACH = 1L << 32;

    private final int number;
    private final String topic;
    private final long base;
    private final long sinceMs;
    private final Reason reason;
    private final RoaringBitmap offsets = new RoaringBitmap();
    private int count;
    private long bytes;

    /** @param base the lowest offset it can hold */
    Segment(int number, String topic, long base, long sinceMs, Reason reason) {
        this.number = number;
        this.topic = topic;
        this.base = base;
        this.sinceMs = sinceMs;
        this.reason = reason;
    }

    /** @throws IllegalArgumentException where the record does not say what a segment says */
    static Segment of(ParkedUnit unit) {
        long[] first = {-1};
        OffsetCodec.decode(unit.getOffsets(), offset -> first[0] = first[0] < 0 ? offset : first[0]);
        Segment segment = new Segment(
                unit.getSegment(),
                unit.getTopic(),
                Math.max(0, first[0]),
                unit.getSince().toEpochMilli(),
                unit.getReason());
        OffsetCodec.decode(unit.getOffsets(), offset -> {
            if (!segment.add(offset, 0)) {
                throw new IllegalArgumentException("its offsets " + first[0] + " and " + offset + " are too far apart");
            }
        });
        segment.bytes = unit.getBytes();
        segment.offsets.trim();
        return segment;
    }

    ParkedUnit toRecord(String subscription) {
        PeekableIntIterator each = offsets.getIntIterator();
        PrimitiveIterator.OfLong ascending = new PrimitiveIterator.OfLong() {
            @Override
            public long nextLong() {
                return base + Integer.toUnsignedLong(each.next());
            }

            @Override
            public boolean hasNext() {
                return each.hasNext();
            }
        };
        return new ParkedUnit(
                FORMAT_VERSION,
                subscription,
                null,
                number,
                topic,
                OffsetCodec.encode(ascending),
                count,
                bytes,
                Instant.ofEpochMilli(sinceMs),
                reason);
    }

    int number() {
        return number;
    }

    String topic() {
        return topic;
    }

    /** The lowest offset it can hold. */
    long base() {
        return base;
    }

    int count() {
        return count;
    }

    /** Of the records that wait there. */
    long bytes() {
        return bytes;
    }

    /** When the first of them was parked, milliseconds since 1970. */
    long sinceMs() {
        return sinceMs;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count >= OFFSETS_MAX;
    }

    /** Whether it could be added; not where it lies out of reach. */
    boolean add(long offset, int size) {
        if (offset < base || offset - base >= REACH) {
            return false;
        }
        if (offsets.checkedAdd((int) (offset - base))) {
            count++;
            bytes += size;
        }
        return true;
    }

    boolean remove(long offset, int size) {
        if (offset < base || offset - base >= REACH || !offsets.checkedRemove((int) (offset - base))) {
            return false;
        }
        count--;
        bytes = Math.max(0, bytes - size);
        return true;
    }

    boolean contains(long offset) {
        return offset >= base && offset - base < REACH && offsets.contains((int) (offset - base));
    }

    /** The lowest offset that is at least this; -1 for none. */
    long atLeast(long offset) {
        long from = Math.max(0, offset - base);
        long next = from >= REACH ? -1 : offsets.nextValue((int) from);
        return next < 0 ? -1 : base + next;
    }

    long last() {
        return isEmpty() ? -1 : base + Integer.toUnsignedLong(offsets.last());
    }

    /** No more will be added: takes no more memory than it needs. */
    void close() {
        offsets.trim();
    }
}
