package io.hookline.deliverer.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RendererTest {
    private static RenderFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new RenderFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String body(Rendition rendition) {
        assertThat(rendition).isInstanceOf(Rendition.Body.class);
        Rendition.Body body = (Rendition.Body) rendition;
        assertThat(body.contentType()).isEqualTo("application/json");
        return new String(body.bytes(), UTF_8);
    }

    private static String detail(Rendition rendition) {
        assertThat(rendition).isInstanceOf(Rendition.Unreadable.class);
        String detail = ((Rendition.Unreadable) rendition).detail();
        assertThat(detail).isNotBlank().hasSizeLessThan(1_100).doesNotContain("\n", "\r");
        return detail;
    }

    private static String json(String event) {
        return body(fixture.standard(event.getBytes(UTF_8), RenderFixture.JSON));
    }

    private static String unreadable(byte[] event) {
        return detail(fixture.standard(event, RenderFixture.JSON));
    }

    private static String wrapped(String data) {
        return "{\"type\":\"order_created\",\"timestamp\":\"2026-11-24T12:00:00.500Z\",\"data\":" + data + "}";
    }

    /** Byte for byte: spaces, escapes, numbers that no double holds, members given twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "0",
                "-0.0e-0",
                "\"\"",
                "true",
                " \r\n\t{ \"a\" : [ 1 , 2 ] } \n",
                "{\"a\":1,\"a\":2}",
                "{\"price\":1.10,\"big\":123456789012345678901234567890,\"exp\":1E+400,\"tiny\":0.10000000000000000000000001}",
                "\"\\u00e4\\/\\ud83d\\ude00\\ud800\"",
                "{\"\":\"\"}",
                "\"\u00e4\u20ac\ud83d\ude00\u2028</script>\"",
            })
    void shouldEmbedJsonByteForByte(String event) {
        assertThat(json(event)).isEqualTo(wrapped(event));
    }

    @Test
    void shouldKeepNumbersNamesAndTextsHoweverLong() {
        for (String event : List.of(
                "7".repeat(500_000),
                "-0." + "1".repeat(500_000),
                "1e" + "0".repeat(100_000) + "1",
                "{\"" + "n".repeat(500_000) + "\":1}",
                "\"" + "\u20ac".repeat(300_000) + "\"")) {
            assertThat(json(event)).isEqualTo(wrapped(event));
        }
    }

    @Test
    void shouldLeaveOutAByteOrderMark() {
        assertThat(json("\uFEFF{\"a\":1}")).isEqualTo(wrapped("{\"a\":1}"));
        assertThat(unreadable("\uFEFF".getBytes(UTF_8))).contains("there is no value");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void shouldRefuseOtherEncodings(Charset charset) {
        for (String event : List.of("{\"a\":1}", "\uFEFF{\"a\":1}", "1", "[\"\u00e4\"]")) {
            assertThat(unreadable(event.getBytes(charset)))
                    .isEqualTo("The event says it is JSON but is not UTF-8 text.");
        }
        assertThat(UTF_16BE).isNotEqualTo(UTF_16LE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22c3a4c322", // cut off in a character
                "22ff22",
                "22c08022", // overlong zero
                "22eda08022", // half of a surrogate pair
                "22f580808022", // beyond Unicode
                "22f888808022",
                "2280" + "22",
                "7b22c3a422" + "3a22e422" + "7d", // UTF-8 and Latin-1 in one
            })
    void shouldRefuseWhatIsNotUtf8InsideATextToo(String hex) {
        assertThat(unreadable(HexFormat.of().parseHex(hex)))
                .isEqualTo("The event says it is JSON but is not UTF-8 text.");
    }

    @Test
    void shouldCheckTextBeyondOneChunk() {
        byte[] latin = ("{\"a\":\"" + "\u20ac".repeat(5_000) + "\"}").getBytes(UTF_8);
        assertThat(body(fixture.standard(latin, RenderFixture.JSON))).hasSizeGreaterThan(5_000);
        latin[latin.length - 3] = (byte) 0xff;
        assertThat(unreadable(latin)).contains("not UTF-8");
        assertThat(unreadable("\"erh\u00f6ht\"".getBytes(ISO_8859_1))).contains("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1}{\"b\":2}",
                "1 2",
                "{\"a\":1}\u0000",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"",
                "// comment\n1",
                "/**/1",
                "tru",
                "truer",
                "undefined",
                "<xml/>",
                "\u00a01",
            })
    void shouldRefuseWhatIsNotJson(String event) {
        assertThat(unreadable(event.getBytes(UTF_8))).startsWith("The event says it is JSON but is not");
    }

    @Test
    void shouldNestAsDeepAsReceiversReadAndNotDeeper() {
        assertThat(json("[".repeat(500) + "]".repeat(500))).startsWith("{\"type\":");
        assertThat(unreadable(("[".repeat(501) + "]".repeat(501)).getBytes(UTF_8)))
                .contains("nesting depth");
        assertThat(unreadable("[".repeat(1_000_000).getBytes(UTF_8))).contains("nesting depth");
        assertThat(unreadable("{\"a\":".repeat(200_000).getBytes(UTF_8))).contains("nesting depth");
    }

    @Test
    void shouldSayWhenItHappenedOrElseWhenItWasRecorded() {
        Instant time = Instant.parse("2020-02-29T23:59:59.123456789Z");
        assertThat(body(fixture.standard("1".getBytes(UTF_8), RenderFixture.attributes("application/json", time))))
                .isEqualTo("{\"type\":\"order_created\",\"timestamp\":\"2020-02-29T23:59:59.123456789Z\",\"data\":1}");
    }

    @Test
    void shouldEscapeTheType() {
        Delivery delivery = RenderFixture.delivery("1".getBytes(UTF_8));
        delivery.setType("a\"b\\\n\u00e4");
        assertThat(body(fixture.renderer.render(delivery, RenderFixture.JSON, Recipe.of(PayloadFormat.STANDARD))))
                .startsWith("{\"type\":\"a\\\"b\\\\\\n\u00e4\",");
    }

    @Test
    void shouldReadTheEventWhereItLiesAndLeaveItThere() {
        Delivery delivery = RenderFixture.delivery(new byte[0]);
        ByteBuffer part = ByteBuffer.wrap("xx{\"a\":1}yy".getBytes(UTF_8), 2, 7);
        delivery.setEvent(part);
        for (int i = 0; i < 2; i++) {
            assertThat(body(fixture.renderer.render(delivery, RenderFixture.JSON, Recipe.of(PayloadFormat.STANDARD))))
                    .isEqualTo(wrapped("{\"a\":1}"));
            assertThat(fixture.renderer.render(delivery, RenderFixture.JSON, Recipe.of(PayloadFormat.RAW)))
                    .isInstanceOfSatisfying(
                            Rendition.Body.class,
                            body -> assertThat(body.bytes()).isEqualTo("{\"a\":1}".getBytes(UTF_8)));
        }
        assertThat(part.remaining()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "text/json",
                "application/vnd.acme.order+json"
            })
    void shouldTakeEveryKindOfJson(String contentType) {
        assertThat(body(fixture.standard("1".getBytes(UTF_8), RenderFixture.attributes(contentType, null))))
                .isEqualTo(wrapped("1"));
    }

    @Test
    void shouldPassRawEventsOnAsTheyAre() {
        byte[] garbage = {0, 1, 2, -1};
        Delivery delivery = RenderFixture.delivery(garbage);
        assertThat(fixture.renderer.render(delivery, RenderFixture.AVRO, Recipe.of(PayloadFormat.RAW)))
                .isInstanceOfSatisfying(Rendition.Body.class, body -> {
                    assertThat(body.bytes()).isEqualTo(garbage);
                    assertThat(body.contentType()).isEqualTo("application/octet-stream");
                });
        assertThat(fixture.renderer.render(
                        delivery,
                        RenderFixture.attributes("text/csv; header=present", null),
                        Recipe.of(PayloadFormat.RAW)))
                .isInstanceOfSatisfying(
                        Rendition.Body.class,
                        body -> assertThat(body.contentType()).isEqualTo("text/csv; header=present"));
        assertThat(fixture.renderer.render(
                        RenderFixture.delivery(new byte[0]), RenderFixture.JSON, Recipe.of(PayloadFormat.RAW)))
                .isInstanceOfSatisfying(
                        Rendition.Body.class, body -> assertThat(body.bytes()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(PayloadFormat.class)
    void shouldRenderWhatItKnowsAndSayWhatItDoesNot(PayloadFormat format) {
        Rendition rendition = fixture.renderer.render(
                RenderFixture.delivery("1".getBytes(UTF_8)), RenderFixture.JSON, Recipe.of(format));
        if (Renderer.knows(format)) {
            assertThat(rendition).isInstanceOf(Rendition.Body.class);
        } else {
            assertThat(detail(rendition)).contains(format.name()).contains("not known to this release");
        }
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"acme\",\"fields\":[" + fields + "]}");
    }

    @Test
    void shouldRenderAnAvroEventAsJson() {
        Schema schema = record("{\"name\":\"id\",\"type\":\"string\"},"
                + "{\"name\":\"amount\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}},"
                + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                + "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null},"
                + "{\"name\":\"items\",\"type\":{\"type\":\"array\",\"items\":\"int\"}}");
        GenericRecord order = new GenericData.Record(schema);
        order.put("id", new Utf8("o-1"));
        order.put("amount", ByteBuffer.wrap(new byte[] {0x30, 0x39}));
        order.put("at", RenderFixture.RECORDED.toEpochMilli());
        order.put("items", Arrays.asList(1, 2));
        byte[] event = RenderFixture.wire(fixture.known(schema), RenderFixture.encoded(order, schema));
        assertThat(body(fixture.standard(event, RenderFixture.AVRO)))
                .isEqualTo(
                        wrapped(
                                "{\"id\":\"o-1\",\"amount\":123.45,\"at\":\"2026-11-24T12:00:00.500Z\",\"note\":null,\"items\":[1,2]}"));
    }

    @Test
    void shouldNeedTheSchemaFirstAndNeverWaitForIt() {
        Schema schema = record("{\"name\":\"later\",\"type\":\"int\"}");
        int id = fixture.server.put("s", schema.toString());
        byte[] event = RenderFixture.wire(id, new byte[] {2});
        int asked = fixture.server.asked().size();
        assertThat(fixture.standard(event, RenderFixture.AVRO)).isEqualTo(new Rendition.NeedsSchema(id));
        assertThat(fixture.server.asked()).as("questions to the registry").hasSize(asked);
        fixture.known(schema);
        assertThat(body(fixture.standard(event, RenderFixture.AVRO))).isEqualTo(wrapped("{\"later\":1}"));
        assertThat(fixture.standard(RenderFixture.wire(-7, new byte[1]), RenderFixture.AVRO))
                .isEqualTo(new Rendition.NeedsSchema(-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000", "00000000", "01000000017f", "7b7d", "22"})
    void shouldSayWhatIsWrongWithBytesThatAreNoAvro(String hex) {
        assertThat(detail(fixture.standard(HexFormat.of().parseHex(hex), RenderFixture.AVRO)))
                .startsWith("The event's Avro value cannot be read: ");
    }

    @Test
    void shouldSayThatAnEventHasToBeARecord() {
        int id = fixture.known(Schema.create(Schema.Type.STRING));
        assertThat(detail(fixture.standard(RenderFixture.wire(id, new byte[] {2, 'a'}), RenderFixture.AVRO)))
                .contains("not a record");
    }

    /** A few bytes an item in Avro, a long name an item in JSON. */
    @Test
    void shouldBoundHowLongAnAvroEventBecomes() {
        Schema item = Schema.createRecord(
                "Item",
                null,
                "acme",
                false,
                List.of(new Schema.Field("n".repeat(1_000), Schema.create(Schema.Type.INT))));
        Schema schema = record("{\"name\":\"items\",\"type\":{\"type\":\"array\",\"items\":" + item + "}}");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(RenderFixture.encoded(100_000L, Schema.create(Schema.Type.LONG)));
        body.writeBytes(new byte[100_000]);
        body.write(0);
        byte[] event = RenderFixture.wire(fixture.known(schema), body.toByteArray());
        assertThat(detail(fixture.standard(event, RenderFixture.AVRO)))
                .isEqualTo("The event cannot be rendered: it is more than 16777216 bytes long");
    }
}
