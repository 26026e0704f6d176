package io.hookline.schemas.serde;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro's two decimal types as the text of an exact JSON number. */
final class AvroDecimals {
    /** Some 10,000 digits. To write a number costs the square of its length: more would hold up whoever writes it. */
    static final int BYTES_MAX = 4_096;

    /** A number that would need more zeros than this is written with an exponent. */
    private static final int ZEROS_MAX = 1_000;

    private AvroDecimals() {}

    /** The number; null for a type that is no decimal, and for bytes that hold none. */
    static @Nullable String text(byte[] bytes, @Nullable LogicalType type) throws IOException {
        if (type instanceof LogicalTypes.Decimal decimal) {
            return bytes.length == 0 ? null : text(bytes, decimal.getScale());
        }
        return type instanceof LogicalTypes.BigDecimal ? withItsScale(bytes) : null;
    }

    /** As Avro writes a {@code big-decimal}: the number's bytes with their length, then its scale. */
    private static @Nullable String withItsScale(byte[] bytes) throws IOException {
        byte[] unscaled;
        int scale;
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            ByteBuffer number = decoder.readBytes(null);
            unscaled = new byte[number.remaining()];
            number.get(unscaled);
            scale = decoder.readInt();
            if (unscaled.length == 0 || !decoder.isEnd()) {
                return null;
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
        return text(unscaled, scale);
    }

    private static String text(byte[] unscaled, int scale) throws IOException {
        if (unscaled.length > BYTES_MAX) {
            throw new IOException("a decimal of " + unscaled.length
                    + " bytes is too long to be written as a number: at most " + BYTES_MAX + " bytes are");
        }
        BigDecimal number = new BigDecimal(new BigInteger(unscaled), scale);
        return Math.abs((long) scale) <= ZEROS_MAX ? number.toPlainString() : number.toString();
    }
}
