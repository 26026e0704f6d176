package io.hookline.producer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The ordering key that a record carries in itself. */
final class OrderingKey {
    /** Schema property that names the field; a dot leads into a nested record. */
    static final String KEY_PROPERTY = "hookline.key";

    private OrderingKey() {}

    /** The key that was given, or that of the record. */
    static byte @Nullable [] of(IndexedRecord record, @Nullable ByteBuffer given) {
        if (given != null) {
            return of(given);
        }
        String text = of(record);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The key that was given. */
    static byte @Nullable [] of(@Nullable ByteBuffer given) {
        return given == null ? null : Utils.toArray(given);
    }

    /** Text of the field that the property names; null where the schema has no such property. */
    static @Nullable String of(IndexedRecord record) {
        Schema schema = record.getSchema();
        Object property = schema.getObjectProp(KEY_PROPERTY);
        if (property == null) {
            return null;
        }
        if (!(property instanceof String path)) {
            throw new InvalidEventException("Schema " + schema.getFullName() + " has " + KEY_PROPERTY + " " + property
                    + ": the property is the name of a field, as a string.");
        }
        return text(schema, path, value(record, path));
    }

    private static @Nullable Object value(IndexedRecord root, String path) {
        Object value = root;
        for (String name : path.split("\\.", -1)) {
            if (value == null) {
                return null;
            }
            Schema.Field field =
                    value instanceof IndexedRecord record ? record.getSchema().getField(name) : null;
            if (field == null) {
                throw new InvalidEventException("Schema " + root.getSchema().getFullName() + " has " + KEY_PROPERTY
                        + " '" + path + "', but there is no field '" + name + "': name a field of the record.");
            }
            value = ((IndexedRecord) value).get(field.pos());
        }
        return value;
    }

    private static String text(Schema schema, String path, @Nullable Object value) {
        if (value instanceof CharSequence
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Enum<?>
                || value instanceof GenericEnumSymbol<?>
                || value instanceof UUID) {
            return value.toString();
        }
        String problem = value == null
                ? "is null: set it, or give a key with Event.key"
                : "is a " + value.getClass().getSimpleName()
                        + ": an ordering key is a string, an int, a long, an enum or a UUID";
        throw new InvalidEventException("Field '" + path + "' of " + schema.getFullName() + ", which its "
                + KEY_PROPERTY + " names, " + problem + ".");
    }
}
