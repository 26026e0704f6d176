package io.hookline.deliverer.park;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.function.LongConsumer;

/** Ascending offsets as bytes: the first as it is, then what each is more than the one before; LEB128 varints, lowest seven bits first. */
final class OffsetCodec {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int BYTES_MAX = 9;

    private OffsetCodec() {}

    static ByteBuffer encode(PrimitiveIterator.OfLong ascending) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long before = 0;
        while (ascending.hasNext()) {
            long offset = ascending.nextLong();
            long rest = offset - before;
            before = offset;
            while (rest >= MORE) {
                bytes.write((int) (rest % MORE) | MORE);
                rest >>>= BITS;
            }
            bytes.write((int) rest);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** @throws IllegalArgumentException where {@link #encode} did not write the bytes */
    static void decode(ByteBuffer encoded, LongConsumer offsets) {
        ByteBuffer bytes = encoded.duplicate();
        long offset = 0;
        boolean isFirst = true;
        while (bytes.hasRemaining()) {
            long step = varint(bytes);
            if (offset + step < offset || (step == 0 && !isFirst)) {
                throw new IllegalArgumentException("its offsets do not ascend after " + offset);
            }
            isFirst = false;
            offset += step;
            offsets.accept(offset);
        }
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < BYTES_MAX && bytes.hasRemaining(); i++) {
            byte next = bytes.get();
            value |= (long) (next & (MORE - 1)) << (BITS * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("its offsets end in the middle of a number, or a number has over 63 bits");
    }
}
