package io.hookline.router.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Avro scalar as the JSON value that stands for it, which is also how a delivery shows it:
 *
 * <table>
 * <caption>Avro and JSON</caption>
 * <tr><td>int, long, decimal, big-decimal</td><td>number</td></tr>
 * <tr><td>float, double</td><td>number, in its shortest decimal form; NaN and the infinities are strings</td></tr>
 * <tr><td>string, enum, uuid</td><td>string</td></tr>
 * <tr><td>timestamp-*</td><td>ISO 8601 instant, {@code 2026-11-24T04:07:02.123Z}; fractions in groups of three digits, none if 0</td></tr>
 * <tr><td>local-timestamp-*, date, time-*</td><td>ISO 8601 {@code 2026-11-24T04:07:02}, {@code 2026-11-24}, {@code 04:07:02}</td></tr>
 * <tr><td>bytes, fixed, duration</td><td>string, base64 (RFC 4648, padded)</td></tr>
 * </table>
 */
interface AvroScalar {
    /** The value of the datum at the cursor. */
    Value read(AvroBytes in);

    /** The reader for data of {@code schema}, which is no record, array, map or union. */
    static AvroScalar reader(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        String name = logical == null ? "" : logical.getName();
        return switch (schema.getType()) {
            case NULL -> in -> Value.Null.NULL;
            case BOOLEAN -> in -> Value.Bool.of(in.readByte() != 0);
            case INT, LONG -> whole(name);
            case FLOAT ->
                in -> {
                    float value = Float.intBitsToFloat(in.readFixedInt());
                    return Float.isFinite(value)
                            ? Decimal.parse(Float.toString(value))
                            : new Value.Text(Float.toString(value));
                };
            case DOUBLE ->
                in -> {
                    double value = Double.longBitsToDouble(in.readFixedLong());
                    return Double.isFinite(value) ? Decimal.of(value) : new Value.Text(Double.toString(value));
                };
            case STRING -> in -> new Value.Text(in.readString());
            case ENUM -> symbol(schema);
            case BYTES -> binary(logical, -1);
            case FIXED -> binary(logical, schema.getFixedSize());
            default -> throw new IllegalArgumentException(schema.getType() + " is no scalar");
        };
    }

    private static AvroScalar symbol(Schema schema) {
        Value[] symbols = schema.getEnumSymbols().stream().map(Value.Text::new).toArray(Value[]::new);
        return in -> symbols[in.readIndex(symbols.length, "enum symbol")];
    }

    private static AvroScalar whole(String logical) {
        return switch (logical) {
            case "date" -> text(LocalDate::ofEpochDay);
            case "time-millis" -> time(ChronoUnit.MILLIS);
            case "time-micros" -> time(ChronoUnit.MICROS);
            case "timestamp-millis" -> text(since(ChronoUnit.MILLIS));
            case "timestamp-micros" -> text(since(ChronoUnit.MICROS));
            case "timestamp-nanos" -> text(since(ChronoUnit.NANOS));
            case "local-timestamp-millis" -> text(local(ChronoUnit.MILLIS));
            case "local-timestamp-micros" -> text(local(ChronoUnit.MICROS));
            case "local-timestamp-nanos" -> text(local(ChronoUnit.NANOS));
            default -> in -> Decimal.of(in.readLong());
        };
    }

    private static TimeOf since(ChronoUnit unit) {
        return number -> Instant.EPOCH.plus(number, unit);
    }

    /** An instant's text without its zone: unlike the local classes' own, it always has seconds. */
    private static TimeOf local(ChronoUnit unit) {
        return number -> {
            String instant = Instant.EPOCH.plus(number, unit).toString();
            return instant.substring(0, instant.length() - 1);
        };
    }

    private static AvroScalar time(ChronoUnit unit) {
        long day = ChronoUnit.DAYS.getDuration().dividedBy(unit.getDuration());
        return text(number -> {
            if (number < 0 || number >= day) {
                throw new DateTimeException("not a time of day");
            }
            String instant = Instant.EPOCH.plus(number, unit).toString();
            return instant.substring(instant.indexOf('T') + 1, instant.length() - 1);
        });
    }

    /** A time as text, or as its number where it is out of the calendar's range. */
    private static AvroScalar text(TimeOf time) {
        return in -> {
            long raw = in.readLong();
            try {
                return new Value.Text(time.of(raw).toString());
            } catch (DateTimeException | ArithmeticException e) {
                return Decimal.of(raw);
            }
        };
    }

    /** The time a number stands for. */
    interface TimeOf {
        Object of(long number);
    }

    private static AvroScalar binary(@Nullable LogicalType logical, int size) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            return in -> number(bytes(in, size), scale);
        }
        String name = logical == null ? "" : logical.getName();
        if (name.equals("big-decimal") && size < 0) {
            return AvroScalar::bigDecimal;
        }
        if (name.equals("uuid") && size == 16) {
            return in -> {
                ByteBuffer bits = ByteBuffer.wrap(in.readBytes(size));
                return new Value.Text(new UUID(bits.getLong(), bits.getLong()).toString());
            };
        }
        return in -> new Value.Text(Base64.getEncoder().encodeToString(bytes(in, size)));
    }

    private static byte[] bytes(AvroBytes in, int size) {
        return in.readBytes(size < 0 ? in.readLong() : size);
    }

    private static Value number(byte[] unscaled, int scale) {
        if (unscaled.length == 0 || unscaled.length > 512) {
            throw new UnreadableEventException("a decimal of " + unscaled.length + " bytes, expected 1 to 512");
        }
        return Decimal.of(new BigDecimal(new BigInteger(unscaled), scale));
    }

    /** Bytes that hold the unscaled value, as bytes, and the scale. */
    private static Value bigDecimal(AvroBytes in) {
        byte[] raw = in.readBytes(in.readLong());
        AvroBytes inner = new AvroBytes(raw, 0, raw.length);
        byte[] unscaled = inner.readBytes(inner.readLong());
        long scale = inner.readLong();
        if (Math.abs(scale) > 10_000) {
            throw new UnreadableEventException("a big-decimal of scale " + scale + ", expected -10000 to 10000");
        }
        return number(unscaled, (int) scale);
    }
}
