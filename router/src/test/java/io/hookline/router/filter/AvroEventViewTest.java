package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroEventViewTest {
    private static final EventAttributes NONE = EventAttributes.of("t", "s");

    /** Every type, nested in every other, and a record that contains itself. */
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "All", "namespace": "t", "fields": [
              {"name": "skipped", "type": "string"},
              {"name": "i", "type": "int"}, {"name": "l", "type": "long"}, {"name": "f", "type": "float"}, {"name": "d", "type": "double"},
              {"name": "b", "type": "boolean"}, {"name": "s", "type": "string"}, {"name": "by", "type": "bytes"},
              {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}},
              {"name": "fx", "type": {"type": "fixed", "name": "F", "size": 5}},
              {"name": "u", "type": ["null", "long", "string", {"type": "array", "items": "string"}]},
              {"name": "a", "type": {"type": "array", "items": ["null", "long", {"type": "array", "items": "long"}]}},
              {"name": "m", "type": {"type": "map", "values": ["null", "string", {"type": "map", "values": "int"}]}},
              {"name": "r", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                 {"name": "sku", "type": "string"}, {"name": "n", "type": ["null", "int"]}, {"name": "tags", "type": {"type": "array", "items": "string"}}]}}},
              {"name": "self", "type": ["null", "All"]},
              {"name": "end", "type": "int"}]}
            """);

    private static final List<FieldPath> PATHS = List.of(
            FieldPath.data("i"),
            FieldPath.data("l"),
            FieldPath.data("f"),
            FieldPath.data("d"),
            FieldPath.data("b"),
            FieldPath.data("s"),
            FieldPath.data("by"),
            FieldPath.data("e"),
            FieldPath.data("fx"),
            FieldPath.data("u"),
            FieldPath.data("a"),
            FieldPath.data("m", "x"),
            FieldPath.data("m", "x", "x"),
            FieldPath.data("r", "sku"),
            FieldPath.data("r", "n"),
            FieldPath.data("r", "tags"),
            FieldPath.data("self", "i"),
            FieldPath.data("self", "r", "sku"),
            FieldPath.data("self", "self", "u"),
            FieldPath.data("end"),
            FieldPath.data("r"),
            FieldPath.data("none"),
            FieldPath.data("i", "none"));

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void shouldReadWhatTheJsonOfTheDatumSays(@ForAll Random random) throws IOException {
        Object datum = datum(random);
        byte[] avro = encode(SCHEMA, datum);
        byte[] json = Patterns.json(json(SCHEMA, datum)).getBytes(StandardCharsets.UTF_8);
        Set<FieldPath> asked = new LinkedHashSet<>(PATHS);
        asked.removeIf(path -> random.nextBoolean());
        FieldPlan plan = FieldPlan.of(asked);
        EventView fromAvro = new AvroEventView(NONE, SCHEMA, avro, 0, avro.length, plan);
        EventView fromJson = new JsonEventView(NONE, json, plan);
        for (FieldPath path : asked) {
            assertThat(values(fromAvro, path)).as("%s of %s", path, datum).isEqualTo(values(fromJson, path));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldFindTheSameConsistentElements(@ForAll Random random) throws Exception {
        Object datum = datum(random);
        byte[] avro = encode(SCHEMA, datum);
        byte[] json = Patterns.json(json(SCHEMA, datum)).getBytes(StandardCharsets.UTF_8);
        for (String pattern : List.of(
                "{\"data\": {\"r\": {\"sku\": [\"x\", \"y\"], \"n\": [1, {\"exists\": false}]}}}",
                "{\"data\": {\"r\": {\"tags\": [\"x\"], \"sku\": [\"y\"]}, \"self\": {\"r\": {\"n\": [null], \"sku\": [\"x\"]}}}}",
                "{\"data\": {\"a\": [1, null], \"$or\": [{\"u\": [\"x\"]}, {\"e\": [\"B\"]}]}}")) {
            Filter filter = Filter.parse(pattern);
            FieldPlan plan = FieldPlan.ofFilters(List.of(filter));
            assertThat(filter.matches(new AvroEventView(NONE, SCHEMA, avro, 0, avro.length, plan)))
                    .as("%s on %s", pattern, datum)
                    .isEqualTo(filter.matches(new JsonEventView(NONE, json, plan)));
        }
    }

    @Property(tries = 8_000, edgeCases = EdgeCasesMode.NONE)
    void shouldReadOrRefuseAnyDamagedDatum(@ForAll Random random) throws IOException {
        byte[] damaged = HostileInputTest.damage(DATUM, random);
        FieldPlan plan = FieldPlan.of(PATHS);
        EventView view = new AvroEventView(NONE, SCHEMA, damaged, 0, damaged.length, plan);
        try {
            view.any(PATHS.get(random.nextInt(PATHS.size())), value -> false);
        } catch (UnreadableEventException e) {
            assertThat(e).hasMessageMatching("(?s).*(payload|datum|decimal).*");
        }
    }

    private static final byte[] DATUM = unchecked();

    private static byte[] unchecked() {
        try {
            return encode(SCHEMA, datum(new Random(5)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | 04 01 D2                | 4.66
            {"type": "fixed", "name": "X", "size": 2, "logicalType": "decimal", "precision": 4, "scale": 1} | FF FF | -0.1
            {"type": "bytes", "logicalType": "big-decimal"}          | 06 02 0C 02                | 1.2
            {"type": "long", "logicalType": "timestamp-millis"}      | 00                         | "1970-01-01T00:00:00Z"
            {"type": "long", "logicalType": "timestamp-millis"}      | F6 01                      | "1970-01-01T00:00:00.123Z"
            {"type": "long", "logicalType": "timestamp-millis"}      | 01                         | "1969-12-31T23:59:59.999Z"
            {"type": "long", "logicalType": "timestamp-micros"}      | 02                         | "1970-01-01T00:00:00.000001Z"
            {"type": "long", "logicalType": "timestamp-nanos"}       | 02                         | "1970-01-01T00:00:00.000000001Z"
            {"type": "long", "logicalType": "local-timestamp-millis"} | 80 DD DB 01               | "1970-01-01T00:30:00"
            {"type": "int", "logicalType": "date"}                   | 02                         | "1970-01-02"
            {"type": "int", "logicalType": "time-millis"}            | D0 0F                      | "00:00:01"
            {"type": "int", "logicalType": "time-millis"}            | 01                         | -1
            {"type": "long", "logicalType": "time-micros"}           | 02                         | "00:00:00.000001"
            {"type": "long", "logicalType": "timestamp-millis"}      | FF FF FF FF FF FF FF FF FF 01 | "-292275055-05-16T16:47:04.192Z"
            {"type": "string", "logicalType": "uuid"}                | 02 78                      | "x"
            {"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"} | 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F | "00010203-0405-0607-0809-0a0b0c0d0e0f"
            {"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"} | 00 00 00 00 00 00 00 00 00 00 00 00 | "AAAAAAAAAAAAAAAA"
            {"type": "float"}                                        | 00 00 C0 7F                | "NaN"
            {"type": "double"}                                       | 00 00 00 00 00 00 F0 FF    | "-Infinity"
            {"type": "double"}                                       | 9A 99 99 99 99 99 B9 3F    | 0.1
            {"type": "float"}                                        | CD CC CC 3D                | 0.1
            ["null", "long"]                                         | 00                         | null
            ["null", "long"]                                         | 02 0A                      | 5
            """)
    void shouldReadEachLogicalTypeAsDocumented(String schema, String hex, String expected) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex.strip());
        FieldPlan plan = FieldPlan.of(List.of(FieldPath.data()));
        EventView view = new AvroEventView(NONE, new Schema.Parser().parse(schema), bytes, 0, bytes.length, plan);
        String read = String.join("", values(view, FieldPath.data()));
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void shouldRefuseArraysThatClaimMoreItemsThanBytes() {
        Schema schema = new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"N\", \"fields\": ["
                                + "{\"name\": \"a\", \"type\": {\"type\": \"array\", \"items\": \"null\"}}, {\"name\": \"b\", \"type\": \"int\"}]}");
        byte[] bytes = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0, 0};
        for (String field : new String[] {"a", "b"}) {
            EventView view = new AvroEventView(
                    NONE, schema, bytes, 0, bytes.length, FieldPlan.of(List.of(FieldPath.data(field))));
            assertThatThrownBy(() -> view.any(FieldPath.data(field), v -> true))
                    .isInstanceOf(UnreadableEventException.class)
                    .hasMessageContaining("more items");
        }
    }

    @Test
    void shouldRefuseADatumThatNestsTooDeep() {
        Schema list = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"L\", \"fields\": ["
                        + "{\"name\": \"next\", \"type\": [\"null\", \"L\"]}, {\"name\": \"b\", \"type\": \"int\"}]}");
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 2);
        EventView view =
                new AvroEventView(NONE, list, bytes, 0, bytes.length, FieldPlan.of(List.of(FieldPath.data("b"))));
        assertThatThrownBy(() -> view.any(FieldPath.data("b"), v -> true))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("nesting");
    }

    @Test
    void shouldRefuseBytesAfterTheDatum() {
        byte[] bytes = {2, 2};
        EventView view = new AvroEventView(
                NONE, Schema.create(Schema.Type.INT), bytes, 0, 2, FieldPlan.of(List.of(FieldPath.data())));
        assertThatThrownBy(() -> view.any(FieldPath.data(), v -> true)).hasMessageContaining("after the datum");
    }

    private static List<String> values(EventView view, FieldPath path) {
        List<String> values = new ArrayList<>();
        view.any(path, value -> {
            values.add(value.toString());
            return false;
        });
        values.sort(null);
        return values;
    }

    private static Object datum(Random random) {
        Iterator<Object> data = new RandomData(SCHEMA, 1, random.nextLong(), true).iterator();
        Object datum = data.next();
        plant((IndexedRecord) datum, random);
        return datum;
    }

    /** Puts keys and values that the paths and patterns ask for where random ones stand. */
    @SuppressWarnings("unchecked")
    private static void plant(IndexedRecord datum, Random random) {
        for (Schema.Field field : datum.getSchema().getFields()) {
            Object value = datum.get(field.pos());
            if (field.name().equals("m")) {
                Map<Object, Object> map = (Map<Object, Object>) value;
                map.put("x", random.nextBoolean() ? "v" : Map.of("x", random.nextInt(3)));
            } else if (field.name().equals("a")) {
                ((List<Object>) value).add((long) random.nextInt(3));
            } else if (field.name().equals("tags") && random.nextBoolean()) {
                ((List<Object>) value).add("x");
            } else if (field.name().equals("r")) {
                ((List<IndexedRecord>) value).forEach(item -> plant(item, random));
            } else if (field.name().equals("sku")) {
                datum.put(field.pos(), random.nextBoolean() ? "x" : "y");
            } else if (value instanceof IndexedRecord nested) {
                plant(nested, random);
            }
        }
    }

    private static byte[] encode(Schema schema, Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
        BinaryEncoder encoder =
                datum.hashCode() % 2 == 0 ? factory.blockingBinaryEncoder(out, null) : factory.binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** The JSON of a datum, by Avro's own reading of it. */
    private static Object json(Schema schema, Object datum) {
        if (schema.getType() == Schema.Type.UNION) {
            return json(schema.getTypes().get(GenericData.get().resolveUnion(schema, datum)), datum);
        }
        if (datum == null) {
            return Patterns.Nothing.NULL;
        }
        if (datum instanceof IndexedRecord record) {
            Map<String, Object> object = new LinkedHashMap<>();
            schema.getFields().forEach(f -> object.put(f.name(), json(f.schema(), record.get(f.pos()))));
            return object;
        }
        if (datum instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, value) -> object.put(key.toString(), json(schema.getValueType(), value)));
            return object;
        }
        if (datum instanceof List<?> list) {
            return list.stream()
                    .map(item -> json(schema.getElementType(), item))
                    .toList();
        }
        if (datum instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Base64.getEncoder().encodeToString(copy);
        }
        if (datum instanceof GenericFixed fixed) {
            return Base64.getEncoder().encodeToString(fixed.bytes());
        }
        if (datum instanceof GenericEnumSymbol<?> || datum instanceof CharSequence) {
            return datum.toString();
        }
        return datum instanceof Boolean ? datum : new Patterns.Numeral(datum.toString());
    }
}
