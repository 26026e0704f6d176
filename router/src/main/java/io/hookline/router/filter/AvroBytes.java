package io.hookline.router.filter;

import java.nio.charset.StandardCharsets;

/**
 * A cursor over the bytes of one Avro datum. Every length is checked against what is left before anything is allocated, items that take
 * no bytes are counted, and nesting is bounded, so that no bytes, however made, cost more than a constant times their length.
 */
final class AvroBytes {
    private static final int DEPTH_MAX = 1_000;
    private static final int FREE_ITEMS = 10_000;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;
    private long items;

    AvroBytes(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
        this.items = (long) length + FREE_ITEMS;
    }

    int remaining() {
        return end - at;
    }

    /** A zigzag varint of at most 64 bits. */
    long readLong() {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            raw |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new UnreadableEventException("a number of more than 64 bits" + here());
    }

    /** A number that must be one of {@code 0..bound-1}: an enum symbol or a union branch. */
    int readIndex(int bound, String what) {
        long index = readLong();
        if (index < 0 || index >= bound) {
            throw new UnreadableEventException(what + " " + index + " of " + bound + here());
        }
        return (int) index;
    }

    int readByte() {
        skip(1);
        return bytes[at - 1];
    }

    int readFixedInt() {
        skip(4);
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            value = (value << 8) | (bytes[at - i] & 0xFF);
        }
        return value;
    }

    long readFixedLong() {
        long low = readFixedInt() & 0xFFFF_FFFFL;
        return low | (long) readFixedInt() << Integer.SIZE;
    }

    byte[] readBytes(long length) {
        skip(length);
        byte[] copy = new byte[(int) length];
        System.arraycopy(bytes, at - (int) length, copy, 0, copy.length);
        return copy;
    }

    String readString() {
        long length = readLong();
        skip(length);
        return new String(bytes, at - (int) length, (int) length, StandardCharsets.UTF_8);
    }

    void skip(long length) {
        if (length < 0 || length > end - at) {
            throw new UnreadableEventException(
                    "a length of " + length + " with " + (end - at) + " bytes left" + here());
        }
        at += (int) length;
    }

    /** The items of the next block of an array or map; 0 at the end. A block's size in bytes, if given, is read past. */
    long readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        items -= count;
        if (count < 0 || items < 0) {
            throw new UnreadableEventException("more items than the payload has bytes" + here());
        }
        return count;
    }

    /** As {@link #readBlock}, for items nobody wants: skips blocks that say how long they are. */
    long readBlockToSkip() {
        while (true) {
            long count = readLong();
            if (count >= 0) {
                items -= count;
                if (items < 0) {
                    throw new UnreadableEventException("more items than the payload has bytes" + here());
                }
                return count;
            }
            skip(readLong());
        }
    }

    /** One level deeper into the datum. */
    void enter() {
        if (++depth > DEPTH_MAX) {
            throw new UnreadableEventException("more than " + DEPTH_MAX + " levels of nesting" + here());
        }
    }

    void leave() {
        depth--;
    }

    private String here() {
        return " (" + (end - at) + " bytes before the end of the payload)";
    }
}
