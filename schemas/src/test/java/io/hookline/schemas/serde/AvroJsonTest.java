package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroJsonTest {
    private static String json(Object value, Schema schema) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            AvroJson.write(value, schema, generator);
        }
        return out.toString();
    }

    private static Schema schema(String type) {
        return new Schema.Parser().parse(type);
    }

    private static Schema logical(String type, String logicalType) {
        return schema("{\"type\":\"" + type + "\",\"logicalType\":\"" + logicalType + "\"}");
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void shouldWriteEveryPlainType() throws IOException {
        assertThat(json(null, schema("\"null\""))).isEqualTo("null");
        assertThat(json(true, schema("\"boolean\""))).isEqualTo("true");
        assertThat(json(Integer.MIN_VALUE, schema("\"int\""))).isEqualTo("-2147483648");
        assertThat(json(Long.MAX_VALUE, schema("\"long\""))).isEqualTo("9223372036854775807");
        assertThat(json(1.5f, schema("\"float\""))).isEqualTo("1.5");
        assertThat(json(0.1, schema("\"double\""))).isEqualTo("0.1");
        assertThat(json(-0.0, schema("\"double\""))).isEqualTo("-0.0");
        assertThat(json(new Utf8("\u00e4\"\\\n\u2028\ud83d\ude00"), schema("\"string\"")))
                .isEqualTo("\"\u00e4\\\"\\\\\\n\u2028\ud83d\ude00\"");
        assertThat(json(ByteBuffer.wrap(hex("00ff10")), schema("\"bytes\""))).isEqualTo("\"AP8Q\"");
        assertThat(json(ByteBuffer.allocate(0), schema("\"bytes\""))).isEqualTo("\"\"");
        Schema fixed = schema("{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}");
        assertThat(json(new GenericData.Fixed(fixed, hex("00ff10")), fixed)).isEqualTo("\"AP8Q\"");
        Schema choice = schema("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}");
        assertThat(json(new GenericData.EnumSymbol(choice, "B"), choice)).isEqualTo("\"B\"");
        assertThat(json(Arrays.asList(1, 2), schema("{\"type\":\"array\",\"items\":\"int\"}")))
                .isEqualTo("[1,2]");
        assertThat(json(List.of(), schema("{\"type\":\"array\",\"items\":\"int\"}")))
                .isEqualTo("[]");
        Map<Utf8, Object> map = new LinkedHashMap<>();
        map.put(new Utf8(""), 1L);
        map.put(new Utf8("\"k\""), 2L);
        assertThat(json(map, schema("{\"type\":\"map\",\"values\":\"long\"}"))).isEqualTo("{\"\":1,\"\\\"k\\\"\":2}");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity"})
    void shouldWriteAsTextWhatJsonHasNoNumberFor(double value, String text) throws IOException {
        assertThat(json(value, schema("\"double\""))).isEqualTo('"' + text + '"');
        assertThat(json((float) value, schema("\"float\""))).isEqualTo('"' + text + '"');
    }

    @Test
    void shouldNotMoveTheBufferItReads() throws IOException {
        ByteBuffer part = ByteBuffer.wrap(hex("0102030405"), 1, 3);
        assertThat(json(part, schema("\"bytes\""))).isEqualTo("\"AgME\"");
        assertThat(json(part, schema("\"bytes\""))).isEqualTo("\"AgME\"");
    }

    @Test
    void shouldWriteRecordsInTheOrderOfTheirFields() throws IOException {
        Schema record = schema("{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                + "{\"name\":\"b\",\"type\":[\"null\",\"string\"]},"
                + "{\"name\":\"a\",\"type\":{\"type\":\"record\",\"name\":\"I\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}},"
                + "{\"name\":\"c\",\"type\":[\"null\",\"I\"]}]}");
        GenericRecord inner = new GenericData.Record(record.getField("a").schema());
        inner.put("n", 7);
        GenericRecord outer = new GenericData.Record(record);
        outer.put("a", inner);
        assertThat(json(outer, record)).isEqualTo("{\"b\":null,\"a\":{\"n\":7},\"c\":null}");
        outer.put("b", new Utf8("x"));
        outer.put("c", inner);
        assertThat(json(outer, record)).isEqualTo("{\"b\":\"x\",\"a\":{\"n\":7},\"c\":{\"n\":7}}");
    }

    @Test
    void shouldWriteAUnionAsItsValueByTheTypeOfTheBranch() throws IOException {
        Schema union = schema("[\"null\",{\"type\":\"int\",\"logicalType\":\"date\"},"
                + "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},\"double\","
                + "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2},\"string\","
                + "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]},"
                + "{\"type\":\"array\",\"items\":[\"null\",\"int\"]},{\"type\":\"map\",\"values\":\"string\"}]");
        assertThat(json(null, union)).isEqualTo("null");
        assertThat(json(0, union)).isEqualTo("\"1970-01-01\"");
        assertThat(json(0L, union)).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(json(2.0, union)).isEqualTo("2.0");
        assertThat(json(ByteBuffer.wrap(hex("007b")), union)).isEqualTo("1.23");
        assertThat(json(new Utf8("A"), union)).isEqualTo("\"A\"");
        assertThat(json(new GenericData.EnumSymbol(union.getTypes().get(6), "A"), union))
                .isEqualTo("\"A\"");
        assertThat(json(Arrays.asList(null, 1), union)).isEqualTo("[null,1]");
        assertThat(json(Map.of(new Utf8("k"), new Utf8("v")), union)).isEqualTo("{\"k\":\"v\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "date, 0, 1970-01-01",
        "date, -1, 1969-12-31",
        "date, 20781, 2026-11-24",
        "date, -719528, 0000-01-01",
        "date, 2932896, 9999-12-31",
        "time-millis, 0, 00:00:00",
        "time-millis, 43200000, 12:00:00",
        "time-millis, 86399999, 23:59:59.999"
    })
    void shouldWriteIntsOfTimeAsText(String type, int value, String text) throws IOException {
        assertThat(json(value, logical("int", type))).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, 0, 1970-01-01T00:00:00Z",
        "timestamp-millis, 1795521600123, 2026-11-24T12:00:00.123Z",
        "timestamp-millis, -1, 1969-12-31T23:59:59.999Z",
        "timestamp-millis, 253402300799999, 9999-12-31T23:59:59.999Z",
        "timestamp-micros, 1795521600123456, 2026-11-24T12:00:00.123456Z",
        "timestamp-micros, -1, 1969-12-31T23:59:59.999999Z",
        "timestamp-nanos, 1795521600123456789, 2026-11-24T12:00:00.123456789Z",
        "timestamp-nanos, -1, 1969-12-31T23:59:59.999999999Z",
        "time-micros, 43200000001, 12:00:00.000001",
        "time-micros, 43200000000, 12:00:00",
        "local-timestamp-millis, 1795521600000, 2026-11-24T12:00:00",
        "local-timestamp-millis, 1795521600120, 2026-11-24T12:00:00.12",
        "local-timestamp-micros, 1795521600123456, 2026-11-24T12:00:00.123456",
        "local-timestamp-nanos, 1795521600123456789, 2026-11-24T12:00:00.123456789"
    })
    void shouldWriteLongsOfTimeAsText(String type, long value, String text) throws IOException {
        assertThat(json(value, logical("long", type))).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "int, date, -719529",
        "int, date, 2932897",
        "int, date, 2147483647",
        "int, date, -2147483648",
        "int, time-millis, -1",
        "int, time-millis, 86400000",
        "int, time-millis, 2147483647",
        "long, time-micros, 9223372036854775807",
        "long, time-micros, -1",
        "long, timestamp-millis, 253402300800000",
        "long, timestamp-millis, 9223372036854775807",
        "long, timestamp-millis, -9223372036854775808",
        "long, timestamp-micros, 9223372036854775807",
        "long, local-timestamp-millis, -9223372036854775808",
        "int, unheard-of, 5",
        "long, unheard-of, 5"
    })
    void shouldWriteThePlainNumberWhereItsTypeCannotHoldIt(String type, String logicalType, long value)
            throws IOException {
        Object datum = type.equals("int") ? (Object) (int) value : (Object) value;
        assertThat(json(datum, logical(type, logicalType))).isEqualTo(Long.toString(value));
    }

    private static String decimal(String hex, int precision, int scale) throws IOException {
        Schema bytes = LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Schema.Type.BYTES));
        return json(ByteBuffer.wrap(hex(hex)), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 9, 2, 0.00",
        "01, 9, 2, 0.01",
        "ff, 9, 2, -0.01",
        "3039, 9, 2, 123.45",
        "cfc7, 9, 2, -123.45",
        "0000003039, 9, 0, 12345",
        "7fffffffffffffffffff, 30, 10, 60446290980731.4587353087",
        "01, 20, 20, 0.00000000000000000001"
    })
    void shouldWriteDecimalsExactly(String hex, int precision, int scale, String text) throws IOException {
        assertThat(decimal(hex, precision, scale)).isEqualTo(text);
        Schema fixed = LogicalTypes.decimal(Math.min(precision, hex.length()), Math.min(scale, hex.length()))
                .addToSchema(Schema.createFixed("F", null, null, hex.length() / 2 + 4));
        byte[] wide = new byte[hex.length() / 2 + 4];
        byte[] narrow = hex(hex);
        Arrays.fill(wide, (byte) (narrow[0] < 0 ? -1 : 0));
        System.arraycopy(narrow, 0, wide, 4, narrow.length);
        String written = json(new GenericData.Fixed(fixed, wide), fixed);
        assertThat(new BigDecimal(written).unscaledValue()).isEqualTo(new BigInteger(narrow));
    }

    @Test
    void shouldNotWriteMillionsOfZerosForAScale() throws IOException {
        assertThat(decimal("01", 1_000, 1_000)).hasSize(1_002);
        assertThat(decimal("01", 2_000_000_000, 2_000_000_000)).isEqualTo("1E-2000000000");
        assertThat(new BigDecimal(decimal("3039", 5_000, 5_000)))
                .isEqualTo(new BigDecimal(BigInteger.valueOf(12345), 5_000));
    }

    /** To write a million bytes as a number would hold up the loop for long. */
    @Test
    void shouldRefuseAbsurdlyLongDecimals() throws IOException {
        assertThat(decimal("7f".repeat(4_096), 10_000, 2)).hasSizeGreaterThan(9_000);
        Schema bytes = LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        assertThatThrownBy(() -> json(ByteBuffer.wrap(new byte[1_000_000]), bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000000 bytes");
    }

    @Test
    void shouldWriteBytesThatAreNoDecimalAsTheyAre() throws IOException {
        assertThat(decimal("", 9, 2)).isEqualTo("\"\"");
    }

    private static ByteBuffer big(BigDecimal number) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        encoder.writeBytes(number.unscaledValue().toByteArray());
        encoder.writeInt(number.scale());
        encoder.flush();
        return ByteBuffer.wrap(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.50", "123456789012345678901234567890.123456789", "1E+999", "1E-999"})
    void shouldWriteDecimalsThatCarryTheirScale(String number) throws IOException {
        BigDecimal exact = new BigDecimal(number);
        assertThat(json(big(exact), logical("bytes", "big-decimal"))).isEqualTo(exact.toPlainString());
    }

    @Test
    void shouldNotTrustTheScaleADecimalCarries() throws IOException {
        Schema type = logical("bytes", "big-decimal");
        for (String number : new String[] {"1E+2147483647", "1E-2147483647", "-7E+1001"}) {
            assertThat(json(big(new BigDecimal(number)), type)).isEqualTo(number);
        }
    }

    @Property(tries = 500)
    void shouldWriteGarbageInADecimalThatCarriesItsScale(@ForAll @Size(max = 20) byte[] garbage) throws IOException {
        assertThat(json(ByteBuffer.wrap(garbage), logical("bytes", "big-decimal")))
                .isNotEmpty()
                .hasSizeLessThan(1_100);
    }

    @Test
    void shouldWriteUuidsAsText() throws IOException {
        String uuid = "550e8400-e29b-41d4-a716-446655440000";
        assertThat(json(new Utf8(uuid), logical("string", "uuid"))).isEqualTo('"' + uuid + '"');
        Schema fixed = schema("{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}");
        assertThat(json(new GenericData.Fixed(fixed, hex(uuid.replace("-", ""))), fixed))
                .isEqualTo('"' + uuid + '"');
        assertThat(json(new Utf8("no uuid"), logical("string", "uuid"))).isEqualTo("\"no uuid\"");
    }

    @ParameterizedTest
    @CsvSource({
        "000000000000000000000000, PT0S",
        "010000000200000003000000, P1M2DT0.003S",
        "0100000000000000e8030000, P1MT1S",
        "000000000100000000000000, P1D",
        "0c0000000000000000000000, P12M",
        "ffffffffffffffffffffffff, P4294967295M4294967295DT4294967.295S"
    })
    void shouldWriteDurationsAsText(String hex, String text) throws IOException {
        Schema fixed = schema("{\"type\":\"fixed\",\"name\":\"D\",\"size\":12,\"logicalType\":\"duration\"}");
        assertThat(json(new GenericData.Fixed(fixed, hex(hex)), fixed)).isEqualTo('"' + text + '"');
    }

    @Test
    void shouldStopWhereTheGeneratorStops() {
        Schema list = schema(
                "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}");
        GenericRecord head = null;
        for (int i = 0; i < 100_000; i++) {
            GenericRecord longer = new GenericData.Record(list);
            longer.put("next", head);
            head = longer;
        }
        GenericRecord longest = head;
        JsonFactory factory = JsonFactory.builder()
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(500).build())
                .build();
        assertThatThrownBy(() -> {
                    try (JsonGenerator out = factory.createGenerator(new StringWriter())) {
                        AvroJson.write(longest, list, out);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nesting depth");
    }

    /** Any record of any schema is well-formed JSON with one member a field, and the same each time. */
    @Property(tries = 500)
    void shouldWriteWellFormedJson(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int entries)
            throws IOException {
        RandomAvro random = new RandomAvro(seed, entries);
        Schema schema = random.schema();
        GenericRecord record = random.record(schema);
        String text = json(record, schema);
        JsonNode tree = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .readTree(text);
        List<String> fields = new ArrayList<>();
        tree.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyElementsOf(
                        schema.getFields().stream().map(Schema.Field::name).toList());
        assertThat(json(record, schema)).isEqualTo(text);
    }
}
