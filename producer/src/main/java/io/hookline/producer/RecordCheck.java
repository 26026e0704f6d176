package io.hookline.producer;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a record does not fit its own schema, before Avro does: Avro's writer names the field only sometimes, and silently cuts a
 * {@code long} to an {@code int}. Values of logical types may be Avro's or Java's; of Java's only the decimals are looked into.
 *
 * <p>One instance checks one record, on one thread.
 */
final class RecordCheck {
    private static final int DEPTH_MAX = 200;

    private final String type;
    private final Deque<String> path = new ArrayDeque<>();

    private RecordCheck(String type) {
        this.type = type;
    }

    /**
     * @param type for messages
     * @throws InvalidEventException naming the first field that does not fit, its value and what is expected
     */
    static void check(String type, IndexedRecord record) {
        new RecordCheck(type).fields(record.getSchema(), record);
    }

    private void fields(Schema schema, IndexedRecord record) {
        if (path.size() >= DEPTH_MAX) {
            throw wrong("is nested deeper than " + DEPTH_MAX + " levels (does the record contain itself?)");
        }
        for (Schema.Field field : schema.getFields()) {
            Object value = record.get(field.pos());
            enter(path.isEmpty() ? field.name() : "." + field.name());
            if (value == null && !isNullable(field.schema())) {
                throw wrong("is null, and " + expected(field.schema()) + " is required"
                        + (field.hasDefaultValue() ? " (its default is filled in only by the record's builder)" : ""));
            }
            value(field.schema(), value, false);
            path.removeLast();
        }
    }

    /** @param exact whether Avro will choose a union's branch by this value's class, so that a wider number does not fit */
    private void value(Schema schema, @Nullable Object value, boolean exact) {
        if (schema.getType() == Schema.Type.UNION) {
            value(branch(schema, value), value, true);
            return;
        }
        if (!fits(schema, value, exact)) {
            throw wrong("is " + shown(value) + ", and " + expected(schema) + " is required");
        }
        inside(schema, value);
    }

    private void inside(Schema schema, @Nullable Object value) {
        if (value instanceof IndexedRecord record) {
            record(schema, record);
        } else if (value instanceof GenericFixed fixed) {
            size(schema, fixed);
        } else if (value instanceof Collection<?> elements) {
            elements(schema.getElementType(), elements);
        } else if (value instanceof Map<?, ?> entries) {
            entries(schema.getValueType(), entries);
        } else if (value instanceof BigDecimal decimal) {
            digits(schema.getLogicalType(), decimal);
        } else if (schema.getType() == Schema.Type.ENUM) {
            symbol(schema, value);
        }
    }

    private Schema branch(Schema union, @Nullable Object value) {
        for (Schema branch : union.getTypes()) {
            if (fits(branch, value, true) && (!(value instanceof IndexedRecord r) || sameName(branch, r.getSchema()))) {
                return branch;
            }
        }
        throw wrong("is " + shown(value) + ", and " + expected(union) + " is required");
    }

    private static boolean fits(Schema schema, @Nullable Object value, boolean exact) {
        if (isJavaValueOf(schema.getLogicalType(), value)) {
            return true;
        }
        return switch (schema.getType()) {
            case NULL -> value == null;
            case BOOLEAN -> value instanceof Boolean;
            case INT -> value instanceof Integer;
            case LONG -> value instanceof Long || (!exact && value instanceof Integer);
            case FLOAT -> value instanceof Float;
            case DOUBLE -> value instanceof Double || (!exact && value instanceof Float);
            case STRING -> value instanceof CharSequence;
            case BYTES -> value instanceof ByteBuffer;
            case FIXED -> value instanceof GenericFixed;
            case ENUM -> value instanceof GenericEnumSymbol<?> || value instanceof Enum<?>;
            case ARRAY -> value instanceof Collection<?>;
            case MAP -> value instanceof Map<?, ?>;
            case RECORD -> value instanceof IndexedRecord;
            case UNION -> false;
        };
    }

    private static boolean isJavaValueOf(@Nullable LogicalType logical, @Nullable Object value) {
        return logical != null
                && (value instanceof BigDecimal || value instanceof UUID || value instanceof TemporalAccessor);
    }

    private void record(Schema schema, IndexedRecord record) {
        if (!sameName(schema, record.getSchema())) {
            throw wrong("is a " + record.getSchema().getFullName() + ", and " + expected(schema) + " is required");
        }
        fields(schema, record);
    }

    private void symbol(Schema schema, @Nullable Object value) {
        if (!schema.hasEnumSymbol(String.valueOf(value))) {
            throw wrong("is " + shown(value) + ", and one of " + schema.getEnumSymbols() + " is required");
        }
    }

    private void size(Schema schema, GenericFixed fixed) {
        if (fixed.bytes().length != schema.getFixedSize()) {
            throw wrong("has " + fixed.bytes().length + " bytes, and " + schema.getFixedSize() + " are required");
        }
    }

    private void digits(@Nullable LogicalType logical, BigDecimal value) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            int whole = value.precision() - value.scale();
            if (value.scale() > decimal.getScale() || whole > decimal.getPrecision() - decimal.getScale()) {
                throw wrong("is " + value.toPlainString() + ", and the schema keeps " + decimal.getPrecision()
                        + " digits, " + decimal.getScale() + " of them after the point");
            }
        }
    }

    private void elements(Schema element, Collection<?> values) {
        int index = 0;
        for (Object value : values) {
            enter("[" + index++ + "]");
            value(element, value, false);
            path.removeLast();
        }
    }

    private void entries(Schema valueSchema, Map<?, ?> values) {
        values.forEach((key, value) -> {
            if (!(key instanceof CharSequence)) {
                throw wrong("has the key " + shown(key) + ", and the keys of a map are strings");
            }
            enter("[\"" + key + "\"]");
            value(valueSchema, value, false);
            path.removeLast();
        });
    }

    private void enter(String step) {
        path.addLast(step);
    }

    private static boolean sameName(Schema schema, Schema other) {
        return schema.getType() == Schema.Type.RECORD && schema.getFullName().equals(other.getFullName());
    }

    private static boolean isNullable(Schema schema) {
        return schema.isNullable() || schema.getType() == Schema.Type.NULL;
    }

    private static String expected(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            return "one of "
                    + schema.getTypes().stream().map(RecordCheck::expected).toList();
        }
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getFullName();
            default -> schema.getType().getName() + (logical == null ? "" : " (" + logical.getName() + ")");
        };
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof IndexedRecord || value instanceof Collection<?> || value instanceof Map<?, ?>) {
            return "a " + value.getClass().getSimpleName();
        }
        String text = String.valueOf(value);
        String cut = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return "the " + value.getClass().getSimpleName() + " '" + cut + "'";
    }

    private InvalidEventException wrong(String problem) {
        return new InvalidEventException("Event of type '" + type + "' does not fit its schema: field '"
                + String.join("", path) + "' " + problem + ".");
    }
}
