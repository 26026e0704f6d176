package io.hookline.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro data as the JSON a web developer expects, which is not Avro's own JSON encoding: unions are their value, decimals are exact
 * numbers, timestamps, dates, times and durations are ISO 8601 text, enums and uuids are text, bytes are base 64. A logical value that its type
 * cannot hold (a timestamp beyond year 9999 and the like) is written as its plain number. NaN and infinities, which JSON does not have,
 * are text. A webhook and a listener in a service see the same.
 */
public final class AvroJson {
    private static final GenericData DATA = new GenericData();
    private static final int UUID_BYTES = 16;

    private AvroJson() {}

    /**
     * @param value a generic datum of the schema, logical types not converted
     * @throws IOException where it cannot be written: it is nested deeper than the generator allows, or holds an absurdly long decimal
     */
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
                int branch = DATA.resolveUnion(schema, value);
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
        String text = AvroTimes.text(value, type);
        if (text == null) {
            out.writeNumber(value);
        } else {
            out.writeString(text);
        }
    }

    private static void writeLong(long value, @Nullable LogicalType type, JsonGenerator out) throws IOException {
        String text = AvroTimes.text(value, type);
        if (text == null) {
            out.writeNumber(value);
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
        String number = AvroDecimals.text(bytes, type);
        if (number != null) {
            out.writeNumber(number);
        } else if (type instanceof LogicalTypes.Uuid && bytes.length == UUID_BYTES) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            out.writeString(new UUID(halves.getLong(), halves.getLong()).toString());
        } else if (type instanceof LogicalTypes.Duration && bytes.length == AvroTimes.DURATION_BYTES) {
            out.writeString(AvroTimes.duration(bytes));
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
