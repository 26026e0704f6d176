package io.hookline.schemas.serde;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Any schema of a record and any record of it, from a seed; types nest four deep at most. */
final class RandomAvro {
    private static final Schema.Type[] LEAVES = {
        Schema.Type.BOOLEAN,
        Schema.Type.INT,
        Schema.Type.LONG,
        Schema.Type.FLOAT,
        Schema.Type.DOUBLE,
        Schema.Type.STRING,
        Schema.Type.BYTES,
        Schema.Type.NULL
    };

    private final Random random;
    private final int mapEntriesMax;
    private int names;

    RandomAvro(long seed, int mapEntriesMax) {
        this.random = new Random(seed);
        this.mapEntriesMax = mapEntriesMax;
    }

    Schema schema() {
        return record(0);
    }

    GenericRecord record(Schema schema) {
        return (GenericRecord) value(schema);
    }

    private Schema record(int depth) {
        List<Field> fields = new ArrayList<>();
        int size = random.nextInt(depth == 0 ? 7 : 4);
        for (int i = 0; i < size; i++) {
            fields.add(new Field("f" + i, type(depth + 1)));
        }
        return Schema.createRecord("R" + names++, null, "random", false, fields);
    }

    private Schema type(int depth) {
        int choice = depth >= 4 ? 0 : random.nextInt(10);
        return switch (choice) {
            case 4 -> Schema.createArray(type(depth + 1));
            case 5 -> Schema.createMap(type(depth + 1));
            case 6 -> union(depth);
            case 7 -> record(depth);
            case 8 -> Schema.createEnum("E" + names++, null, "random", List.of("A", "B", "C"));
            case 9 -> Schema.createFixed("F" + names++, null, "random", random.nextInt(5));
            case 3 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            default -> Schema.create(LEAVES[random.nextInt(LEAVES.length)]);
        };
    }

    private Schema union(int depth) {
        List<Schema> types = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
        Schema other = type(depth + 1);
        if (other.getType() != Schema.Type.NULL && other.getType() != Schema.Type.UNION) {
            types.add(random.nextInt(2), other);
        }
        if (random.nextBoolean() && other.getType() != Schema.Type.RECORD) {
            types.add(record(depth + 1));
        }
        return Schema.createUnion(types);
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case ARRAY -> {
                List<Object> items = new GenericData.Array<>(schema, List.of());
                int size = random.nextInt(5);
                for (int i = 0; i < size; i++) {
                    items.add(value(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                Map<Utf8, Object> map = new HashMap<>();
                int size = random.nextInt(mapEntriesMax + 1);
                for (int i = 0; i < size; i++) {
                    map.put(text(), value(schema.getValueType()));
                }
                yield map;
            }
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(9)));
            case INT -> (int) number();
            case LONG -> number();
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 1e9;
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
        };
    }

    /** Of any magnitude, so that every length of the variable-length encoding comes up. */
    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Utf8 text() {
        int size = random.nextInt(10) == 0 ? 2_000 : random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F600 + random.nextInt(50) : 'a' + random.nextInt(26));
        }
        return new Utf8(text.toString());
    }
}
