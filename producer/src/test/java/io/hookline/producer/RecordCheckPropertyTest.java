package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** What the check lets through, Avro writes, and reads back as it was: nothing cut, nothing turned into something else. */
class RecordCheckPropertyTest {
    private static final Schema FIXED = Schema.createFixed("F", null, null, 2);
    private static final Schema ENUM = Schema.createEnum("E", null, null, List.of("A", "B"));
    private static final Schema INNER = Schema.createRecord(
            "Inner", null, null, false, List.of(new Schema.Field("x", Schema.create(Schema.Type.INT))));
    private static final List<Schema> SIMPLE = List.of(
            Schema.create(Schema.Type.BOOLEAN),
            Schema.create(Schema.Type.INT),
            Schema.create(Schema.Type.LONG),
            Schema.create(Schema.Type.FLOAT),
            Schema.create(Schema.Type.DOUBLE),
            Schema.create(Schema.Type.STRING),
            Schema.create(Schema.Type.BYTES),
            FIXED,
            ENUM,
            INNER);
    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            1,
            Integer.MAX_VALUE,
            5_000_000_000L,
            1L,
            1.5f,
            1.5d,
            1e300,
            (short) 1,
            'c',
            "",
            "text",
            new Utf8("utf8"),
            new byte[] {1},
            ByteBuffer.wrap(new byte[] {1, 2}),
            new GenericData.Fixed(FIXED, new byte[] {1, 2}),
            new GenericData.Fixed(FIXED, new byte[] {1}),
            new GenericData.EnumSymbol(ENUM, "A"),
            new GenericData.EnumSymbol(ENUM, "C"),
            "A",
            inner(7),
            inner(null),
            inner(7L),
            List.of(),
            List.of(1),
            List.of(1L, 2L),
            List.of("a"),
            Map.of("k", 1),
            Map.of(1, 1),
            Map.of("k", "v"),
            new Object());

    @Property(tries = 5000)
    void shouldLetThroughOnlyWhatAvroKeeps(@ForAll("schemas") Schema field, @ForAll("values") Object[] value)
            throws IOException {
        Schema schema = Schema.createRecord("Outer", null, null, false, List.of(new Schema.Field("f", field)));
        GenericData.Record record = new GenericData.Record(schema);
        record.put("f", value[0]);
        try {
            RecordCheck.check("t", record);
        } catch (InvalidEventException e) {
            assertThat(e).hasMessageContaining("field 'f");
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        GenericData.Record read = new GenericDatumReader<GenericData.Record>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        assertThat(plain(read.get("f"))).isEqualTo(plain(value[0]));
    }

    @Provide
    Arbitrary<Schema> schemas() {
        Arbitrary<Schema> simple = Arbitraries.of(SIMPLE);
        return Arbitraries.oneOf(
                simple,
                simple.map(Schema::createArray),
                simple.map(Schema::createMap),
                Arbitraries.of(SIMPLE).set().ofMinSize(1).ofMaxSize(4).map(RecordCheckPropertyTest::nullable));
    }

    @Provide
    Arbitrary<Object[]> values() {
        return Arbitraries.integers().between(0, VALUES.size() - 1).map(i -> new Object[] {VALUES.get(i)});
    }

    private static Schema nullable(Iterable<Schema> branches) {
        List<Schema> all = new ArrayList<>();
        all.add(Schema.create(Schema.Type.NULL));
        branches.forEach(all::add);
        return Schema.createUnion(all);
    }

    private static GenericData.Record inner(Object x) {
        GenericData.Record record = new GenericData.Record(INNER);
        record.put("x", x);
        return record;
    }

    /** Numbers by value, text as text: what a wider number or another string class is allowed to change. */
    private static String plain(Object value) {
        return value instanceof Number number
                ? Double.toString(number.doubleValue())
                : value instanceof List<?> list
                        ? list.stream()
                                .map(RecordCheckPropertyTest::plain)
                                .toList()
                                .toString()
                        : String.valueOf(value);
    }
}
