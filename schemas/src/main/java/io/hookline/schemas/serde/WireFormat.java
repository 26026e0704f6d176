package io.hookline.schemas.serde;

import io.hookline.schemas.serde.UndecodableException.Reason;

/**
 * The Confluent wire format: a zero byte, the schema's id as four bytes with the highest first, then the value in Avro binary.
 *
 * <p>Source: Confluent's "Schema Registry Serializers and Deserializers", section "Wire format".
 */
public final class WireFormat {
    /** How many bytes stand before the value. */
    public static final int HEADER_BYTES = 5;

    static final byte MAGIC = 0;

    private WireFormat() {}

    /** The id in the header of {@code bytes}. */
    public static int schemaId(byte[] bytes) {
        return schemaId(bytes, 0, bytes.length);
    }

    /**
     * The id in the header of the {@code length} bytes from {@code offset}.
     *
     * @throws UndecodableException empty, truncated, or another magic byte
     */
    public static int schemaId(byte[] bytes, int offset, int length) {
        if (length == 0) {
            throw new UndecodableException(
                    Reason.EMPTY,
                    "the value is empty; expected at least " + HEADER_BYTES + " bytes (0, schema id)",
                    null);
        }
        if (bytes[offset] != MAGIC) {
            throw new UndecodableException(
                    Reason.UNKNOWN_MAGIC_BYTE,
                    String.format(
                            "the first byte is 0x%02x; expected 0x00, with which Avro values in the Confluent wire format"
                                    + " begin. Was it written as JSON or by another serializer?",
                            bytes[offset]),
                    null);
        }
        if (length < HEADER_BYTES) {
            throw new UndecodableException(
                    Reason.TRUNCATED, "the value has " + length + " bytes; expected at least " + HEADER_BYTES, null);
        }
        return ((bytes[offset + 1] & 0xff) << 24)
                | ((bytes[offset + 2] & 0xff) << 16)
                | ((bytes[offset + 3] & 0xff) << 8)
                | (bytes[offset + 4] & 0xff);
    }

    /** Writes the header for {@code schemaId} over the first five of {@code bytes} from {@code offset}. */
    public static void writeHeader(byte[] bytes, int offset, int schemaId) {
        bytes[offset] = MAGIC;
        bytes[offset + 1] = (byte) (schemaId >>> 24);
        bytes[offset + 2] = (byte) (schemaId >>> 16);
        bytes[offset + 3] = (byte) (schemaId >>> 8);
        bytes[offset + 4] = (byte) schemaId;
    }
}
