package io.hookline.schemas.serde;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.errors.SerializationException;

/** Which schema a value is written with, by the rules of Confluent's serializer. */
final class DatumSchema {
    private static final Schema BOOLEAN = Schema.create(Schema.Type.BOOLEAN);
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);
    private static final Schema FLOAT = Schema.create(Schema.Type.FLOAT);
    private static final Schema DOUBLE = Schema.create(Schema.Type.DOUBLE);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema BYTES = Schema.create(Schema.Type.BYTES);

    private DatumSchema() {}

    static Schema of(Object value) {
        if (value instanceof GenericContainer container) {
            return container.getSchema();
        } else if (value instanceof CharSequence) {
            return STRING;
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            return BYTES;
        } else if (value instanceof Boolean) {
            return BOOLEAN;
        } else if (value instanceof Integer) {
            return INT;
        } else if (value instanceof Long) {
            return LONG;
        } else if (value instanceof Float) {
            return FLOAT;
        } else if (value instanceof Double) {
            return DOUBLE;
        } else if (value instanceof Map<?, ?> map) {
            return Schema.createMap(ofValues(map));
        }
        throw new SerializationException(
                "a " + value.getClass().getName() + " has no Avro schema; expected a generated or"
                        + " generic record, a CharSequence, byte[], ByteBuffer, Boolean, Integer, Long, Float, Double or Map");
    }

    private static Schema ofValues(Map<?, ?> map) {
        if (map.isEmpty()) {
            return Schema.create(Schema.Type.NULL);
        }
        Object first = map.values().iterator().next();
        return first == null ? Schema.create(Schema.Type.NULL) : of(first);
    }
}
