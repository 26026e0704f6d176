package io.hookline.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.util.Utf8;

/**
 * Encodes Avro binary straight into one growing array, after room for the wire format's header, so that the finished value is
 * copied once. Reused by one thread; an array that a huge value made larger than {@code KEPT_BYTES_MAX} is not kept.
 *
 * <p>Mostly used through a {@link RecordCodec}. Directly, by whoever writes the fields of a record one after the other: {@link #start}, the
 * fields in the order of the schema, {@link #finish}.
 */
public final class ArrayEncoder extends BinaryEncoder {
    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int at;

    /** Begins a value written with that schema. */
    public void start(int schemaId) {
        shrink();
        WireFormat.writeHeader(bytes, 0, schemaId);
        at = WireFormat.HEADER_BYTES;
    }

    /** How many bytes there are, the header included. */
    public int size() {
        return at;
    }

    /** Forgets everything after the first {@code size} bytes, which may serve as the beginning of another value. */
    public void rewind(int size) {
        if (size < WireFormat.HEADER_BYTES || size > at) {
            throw new IllegalArgumentException(
                    "Of " + at + " bytes " + WireFormat.HEADER_BYTES + " to all can be kept, not " + size + ".");
        }
        at = size;
    }

    /** The value with its header. Others with the same beginning may follow, see {@link #rewind}. */
    public byte[] value() {
        return Arrays.copyOf(bytes, at);
    }

    /** The value with its header; the last thing before the next {@link #start}. */
    public byte[] finish() {
        byte[] result = value();
        shrink();
        return result;
    }

    private void shrink() {
        if (bytes.length > KEPT_BYTES_MAX) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    private void ensure(int more) {
        if (bytes.length - at < more) {
            int wanted = Math.addExact(at, more);
            bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        ensure(1);
        at += BinaryData.encodeBoolean(value, bytes, at);
    }

    @Override
    public void writeInt(int value) {
        ensure(5);
        at += BinaryData.encodeInt(value, bytes, at);
    }

    @Override
    public void writeLong(long value) {
        ensure(10);
        at += BinaryData.encodeLong(value, bytes, at);
    }

    @Override
    public void writeFloat(float value) {
        ensure(4);
        at += BinaryData.encodeFloat(value, bytes, at);
    }

    @Override
    public void writeDouble(double value) {
        ensure(8);
        at += BinaryData.encodeDouble(value, bytes, at);
    }

    @Override
    public void writeString(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        writeInt(utf8.length);
        writeFixed(utf8, 0, utf8.length);
    }

    @Override
    public void writeString(Utf8 value) {
        writeInt(value.getByteLength());
        writeFixed(value.getBytes(), 0, value.getByteLength());
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        ensure(length);
        System.arraycopy(value, start, bytes, at, length);
        at += length;
    }

    @Override
    public void writeFixed(ByteBuffer value) {
        int length = value.remaining();
        ensure(length);
        value.duplicate().get(bytes, at, length);
        at += length;
    }

    @Override
    public void writeBytes(ByteBuffer value) {
        writeInt(value.remaining());
        writeFixed(value);
    }

    @Override
    public void writeBytes(byte[] value, int start, int length) {
        writeInt(length);
        writeFixed(value, start, length);
    }

    @Override
    protected void writeZero() {
        ensure(1);
        bytes[at++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {
        // nothing is held back
    }
}
