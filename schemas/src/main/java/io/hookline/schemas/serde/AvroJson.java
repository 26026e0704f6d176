package io.hookline.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro data as the JSON a web developer expects, which is not Avro's own JSON encoding: unions are their value, decimals are exact
 * numbers, timestamps, dates and times are ISO 8601 text, enums and uuids are text, bytes are base 64. A logical value that its type
 * cannot hold (a timestamp beyond year 9999 and the like) is written as its plain number. NaN and infinities, which JSON does not have,
 * are text. A webhook and a listener in a service see the same.
 */
public final class AvroJson {
    private AvroJson() {}

    /** @param value a generic datum of the schema, logical types not converted */
    public static void write(@Nullable Object value, Schema schema, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            writePresent(value, schema, out);
        }
    }

    private static void writePresent(Object value, Schema schema, JsonGenerator out) throws IOException {
        switch (schema.getType()) {
            case NULL -> out.writeNull();
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> writeInt((Integer) value, schema.getLogicalType(), out);
            case LONG -> writeLong((Long) value, schema.getLogicalType(), out);
            case FLOAT -> writeFloat((Float) value, out);
            case DOUBLE -> writeDouble((Double) value, out);
            case STRING, ENUM -> out.writeString(value.toString());
            case BYTES -> writeBytes(bytes((ByteBuffer) value), schema.getLogicalType(), out);
            case FIXED -> writeBytes(((GenericFixed) value).bytes(), schema.getLogicalType(), out);
            case ARRAY -> writeArray((Collection<?>) value, schema.getElementType(), out);
            case MAP -> writeMap((Map<?, ?>) value, schema.getValueType(), out);
            case RECORD -> writeRecord((GenericRecord) value, out);
            case UNION -> {
                int branch = GenericData.get().resolveUnion(schema, value);
                writePresent(value, schema.getTypes().get(branch), out);
            }
        }
    }

    private static void writeRecord(GenericRecord record, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            out.writeFieldName(field.name());
            write(record.get(field.pos()), field.schema(), out);
        }
        out.writeEndObject();
    }

    private static void writeArray(Collection<?> values, Schema element, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Object value : values) {
            write(value, element, out);
        }
        out.writeEndArray();
    }

    private static void writeMap(Map<?, ?> map, Schema valueSchema, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(entry.getKey().toString());
            write(entry.getValue(), valueSchema, out);
        }
        out.writeEndObject();
    }

    private static void writeInt(int value, @Nullable LogicalType type, JsonGenerator out) throws IOException {
        if (type instanceof LogicalTypes.Date) {
            writeTemporal(value, () -> LocalDate.ofEpochDay(value), out);
        } else if (type instanceof LogicalTypes.TimeMillis) {
            writeTemporal(value, () -> LocalTime.ofNanoOfDay(value * 1_000_000L), out);
        } else {
            out.writeNumber(value);
        }
    }

    private static void writeLong(long value, @Nullable LogicalType type, JsonGenerator out) throws IOException {
        if (type instanceof LogicalTypes.TimestampMillis) {
            writeTemporal(value, () -> Instant.ofEpochMilli(value), out);
        } else if (type instanceof LogicalTypes.TimestampMicros) {
            writeTemporal(value, () -> Instant.EPOCH.plus(value, ChronoUnit.MICROS), out);
        } else if (type instanceof LogicalTypes.TimestampNanos) {
            writeTemporal(value, () -> Instant.EPOCH.plusNanos(value), out);
        } else if (type instanceof LogicalTypes.TimeMicros) {
            writeTemporal(value, () -> LocalTime.ofNanoOfDay(Math.multiplyExact(value, 1000L)), out);
        } else if (type instanceof LogicalTypes.LocalTimestampMillis) {
            writeTemporal(value, () -> local(Instant.ofEpochMilli(value)), out);
        } else if (type instanceof LogicalTypes.LocalTimestampMicros) {
            writeTemporal(value, () -> local(Instant.EPOCH.plus(value, ChronoUnit.MICROS)), out);
        } else if (type instanceof LogicalTypes.LocalTimestampNanos) {
            writeTemporal(value, () -> local(Instant.EPOCH.plusNanos(value)), out);
        } else {
            out.writeNumber(value);
        }
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @FunctionalInterface
    private interface Temporal {
        Object get();
    }

    private static void writeTemporal(long plain, Temporal temporal, JsonGenerator out) throws IOException {
        String text;
        try {
            text = temporal.get().toString();
        } catch (DateTimeException | ArithmeticException e) {
            text = "";
        }
        if (text.isEmpty() || text.startsWith("+") || text.startsWith("-")) {
            out.writeNumber(plain);
        } else {
            out.writeString(text);
        }
    }

    private static void writeFloat(float value, JsonGenerator out) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Float.toString(value));
        }
    }

    private static void writeDouble(double value, JsonGenerator out) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Double.toString(value));
        }
    }

    private static void writeBytes(byte[] bytes, @Nullable LogicalType type, JsonGenerator out) throws IOException {
        if (type instanceof LogicalTypes.Decimal decimal && bytes.length > 0) {
            out.writeNumber(new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString());
        } else {
            out.writeString(Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
