package io.hookline.ops.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.schemas.config.Suggestion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as people write it into an Avro record, the counterpart of {@link io.hookline.schemas.serde.AvroJson}: unions are their value,
 * decimals are numbers, timestamps, dates and times are ISO 8601 text (or Avro's plain number), bytes are base 64. Absent fields get their
 * default. A field that the schema does not have is an error: a misspelt one would be lost without a word.
 */
final class JsonToAvro {
    private JsonToAvro() {}

    /** @throws LineException naming the field, its value and what the schema wants */
    static GenericRecord record(ObjectNode json, Schema schema) throws LineException {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new LineException(
                    0, "the schema " + schema.getFullName() + " is no record's; an event has to be a record.");
        }
        return record(json, schema, "");
    }

    private static GenericRecord record(JsonNode json, Schema schema, String path) throws LineException {
        if (!json.isObject()) {
            throw wrong(path, json, "an object (" + schema.getName() + ")");
        }
        Set<String> names = schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet());
        Set<String> unknown = new HashSet<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                unknown.add(name);
            }
        });
        for (String name : unknown) {
            String meant = Suggestion.nearest(name, names)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse(".");
            throw new LineException(
                    0, "field '" + inner(path, name) + "' is not in the schema " + schema.getFullName() + meant);
        }
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.get(field.name());
            record.put(
                    field.pos(),
                    value == null
                            ? absent(field, inner(path, field.name()))
                            : value(value, field.schema(), inner(path, field.name())));
        }
        return record;
    }

    private static @Nullable Object absent(Schema.Field field, String path) throws LineException {
        if (field.hasDefaultValue()) {
            return new GenericData().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw new LineException(0, "field '" + path + "' is missing, and the schema has no default for it.");
    }

    private static @Nullable Object value(JsonNode json, Schema schema, String path) throws LineException {
        return switch (schema.getType()) {
            case UNION -> union(json, schema, path);
            case RECORD -> record(json, schema, path);
            case ARRAY -> array(json, schema, path);
            case MAP -> map(json, schema, path);
            case ENUM -> symbol(json, schema, path);
            case STRING -> text(json, path);
            case BYTES, FIXED -> bytes(json, schema, path);
            case INT -> integer(json, schema, path);
            case LONG -> longInteger(json, schema, path);
            case FLOAT -> (float) floating(json, path);
            case DOUBLE -> floating(json, path);
            case BOOLEAN -> {
                if (!json.isBoolean()) {
                    throw wrong(path, json, "true or false");
                }
                yield json.booleanValue();
            }
            case NULL -> {
                if (!json.isNull()) {
                    throw wrong(path, json, "null");
                }
                yield null;
            }
        };
    }

    /** The first branch that takes the value; where none does, what the only non-null branch says. */
    private static @Nullable Object union(JsonNode json, Schema schema, String path) throws LineException {
        List<Schema> branches = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (json.isNull() && schema.isNullable()) {
            return null;
        }
        LineException last = null;
        for (Schema branch : branches) {
            try {
                return value(json, branch, path);
            } catch (LineException e) {
                last = e;
            }
        }
        if (branches.size() == 1 && last != null) {
            throw last;
        }
        throw wrong(
                path, json, "one of " + branches.stream().map(Schema::getName).collect(Collectors.joining(", ")));
    }

    private static List<@Nullable Object> array(JsonNode json, Schema schema, String path) throws LineException {
        if (!json.isArray()) {
            throw wrong(path, json, "a list");
        }
        List<@Nullable Object> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            items.add(value(json.get(i), schema.getElementType(), path + "[" + i + "]"));
        }
        return items;
    }

    private static Map<String, @Nullable Object> map(JsonNode json, Schema schema, String path) throws LineException {
        if (!json.isObject()) {
            throw wrong(path, json, "an object");
        }
        Map<String, @Nullable Object> entries = new HashMap<>();
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            entries.put(name, value(json.get(name), schema.getValueType(), inner(path, name)));
        }
        return entries;
    }

    private static Object symbol(JsonNode json, Schema schema, String path) throws LineException {
        if (!json.isTextual() || !schema.hasEnumSymbol(json.textValue())) {
            throw wrong(path, json, "one of " + String.join(", ", schema.getEnumSymbols()));
        }
        return new GenericData.EnumSymbol(schema, json.textValue());
    }

    private static String text(JsonNode json, String path) throws LineException {
        if (!json.isTextual()) {
            throw wrong(path, json, "text");
        }
        return json.textValue();
    }

    private static Object bytes(JsonNode json, Schema schema, String path) throws LineException {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            byte[] unscaled = decimal(json, decimal, path).toByteArray();
            return schema.getType() == Schema.Type.FIXED
                    ? new GenericData.Fixed(schema, extended(unscaled, schema.getFixedSize(), path, json))
                    : ByteBuffer.wrap(unscaled);
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text(json, path));
        } catch (IllegalArgumentException e) {
            throw wrong(path, json, "bytes in base 64");
        }
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(decoded);
        }
        if (decoded.length != schema.getFixedSize()) {
            throw wrong(path, json, schema.getFixedSize() + " bytes in base 64");
        }
        return new GenericData.Fixed(schema, decoded);
    }

    private static BigInteger decimal(JsonNode json, LogicalTypes.Decimal decimal, String path) throws LineException {
        String expected = "a number of at most " + decimal.getPrecision() + " digits, " + decimal.getScale()
                + " of them after the point";
        try {
            BigDecimal number = json.isNumber() ? json.decimalValue() : new BigDecimal(text(json, path));
            BigDecimal scaled = number.setScale(decimal.getScale());
            if (scaled.precision() > decimal.getPrecision()) {
                throw wrong(path, json, expected);
            }
            return scaled.unscaledValue();
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(path, json, expected);
        }
    }

    private static byte[] extended(byte[] unscaled, int size, String path, JsonNode json) throws LineException {
        if (unscaled.length > size) {
            throw wrong(path, json, "a number that fits into " + size + " bytes");
        }
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, 0, size - unscaled.length, (byte) (unscaled[0] < 0 ? -1 : 0));
        System.arraycopy(unscaled, 0, bytes, size - unscaled.length, unscaled.length);
        return bytes;
    }

    private static int integer(JsonNode json, Schema schema, String path) throws LineException {
        String logical = name(schema.getLogicalType());
        if (json.isTextual() && (logical.equals("date") || logical.equals("time-millis"))) {
            try {
                return logical.equals("date")
                        ? Math.toIntExact(LocalDate.parse(json.textValue()).toEpochDay())
                        : (int) (LocalTime.parse(json.textValue()).toNanoOfDay() / 1_000_000);
            } catch (DateTimeException | ArithmeticException e) {
                throw wrong(
                        path, json, logical.equals("date") ? "a date such as 2026-11-24" : "a time such as 08:30:00");
            }
        }
        if (!json.isIntegralNumber() || !json.canConvertToInt()) {
            throw wrong(path, json, "a whole number of 32 bits");
        }
        return json.intValue();
    }

    private static long longInteger(JsonNode json, Schema schema, String path) throws LineException {
        String logical = name(schema.getLogicalType());
        if (json.isTextual() && !logical.isEmpty()) {
            try {
                return time(json.textValue(), logical);
            } catch (DateTimeException | ArithmeticException e) {
                throw wrong(
                        path,
                        json,
                        logical.startsWith("time-")
                                ? "a time such as 08:30:00"
                                : "a time such as 2026-11-24T08:30:00Z");
            }
        }
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw wrong(path, json, "a whole number of 64 bits");
        }
        return json.longValue();
    }

    private static long time(String text, String logical) {
        return switch (logical) {
            case "timestamp-millis" -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
            case "timestamp-micros" -> since1970(OffsetDateTime.parse(text).toInstant(), ChronoUnit.MICROS);
            case "timestamp-nanos" -> since1970(OffsetDateTime.parse(text).toInstant(), ChronoUnit.NANOS);
            case "local-timestamp-millis" ->
                LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
            case "local-timestamp-micros" ->
                since1970(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), ChronoUnit.MICROS);
            case "local-timestamp-nanos" ->
                since1970(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), ChronoUnit.NANOS);
            case "time-micros" -> LocalTime.parse(text).toNanoOfDay() / 1_000;
            default -> throw new DateTimeException("text is not a " + logical);
        };
    }

    private static long since1970(Instant instant, ChronoUnit unit) {
        return unit.between(Instant.EPOCH, instant);
    }

    private static double floating(JsonNode json, String path) throws LineException {
        if (json.isTextual() && Set.of("NaN", "Infinity", "-Infinity").contains(json.textValue())) {
            return Double.parseDouble(json.textValue());
        }
        if (!json.isNumber()) {
            throw wrong(path, json, "a number");
        }
        return json.doubleValue();
    }

    private static String name(@Nullable LogicalType logical) {
        return logical == null ? "" : logical.getName();
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static LineException wrong(String path, JsonNode json, String expected) {
        String text = json.getNodeType() == JsonNodeType.OBJECT ? "an object" : json.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new LineException(0, "field '" + path + "' is " + shown + "; " + expected + " is expected.");
    }
}
