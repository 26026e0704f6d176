package io.hookline.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeadersTest {
    private static final List<String> ALL = List.of(
            EventHeaders.ID,
            EventHeaders.SOURCE,
            EventHeaders.TYPE,
            EventHeaders.TIME,
            EventHeaders.SUBJECT,
            EventHeaders.TENANT,
            EventHeaders.CONTENT_TYPE,
            EventHeaders.TRACEPARENT);
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    static List<String> all() {
        return ALL;
    }

    @Provide
    Arbitrary<EventAttributes> attributes() {
        Arbitrary<String> text = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(value -> value.chars().noneMatch(c -> Character.isISOControl(c)))
                .filter(value -> new String(value.getBytes(UTF_8), UTF_8).equals(value))
                .injectNull(0.2);
        Arbitrary<Instant> time = Combinators.combine(
                        Arbitraries.longs().between(FIRST_SECOND, LAST_SECOND),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos))
                .injectNull(0.2);
        return Combinators.combine(text, text, text, time, text, text, text, text)
                .as(EventAttributes::new)
                .filter(a -> !a.mediaType().startsWith("application/cloudevents"));
    }

    @Property
    void shouldReadWhatItWrote(@ForAll("attributes") EventAttributes attributes) {
        Headers headers = new RecordHeaders();
        EventHeaders.write(attributes, headers);

        assertThat(EventHeaders.read(headers)).isEqualTo(attributes);
    }

    /** Header bytes are anybody's: the outcome is attributes or the one exception, and its message is short and one line. */
    @Property(tries = 5000)
    void shouldTakeAnyBytesOrNameTheHeader(@ForAll byte[] value, @ForAll("names") String name) {
        Headers headers = headers(name, value);
        try {
            EventHeaders.read(headers);
        } catch (InvalidEventHeaderException e) {
            assertThat(e)
                    .message()
                    .contains("Header " + name + " is '")
                    .hasLineCount(1)
                    .hasSizeLessThan(900);
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(ALL);
    }

    @Test
    void shouldFindNothingWhereThereIsNothing() {
        assertThat(EventHeaders.read(new RecordHeaders())).isEqualTo(EventAttributes.NONE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTakeNullAndEmptyForAbsent(String name) {
        assertThat(EventHeaders.read(headers(name, null))).isEqualTo(EventAttributes.NONE);
        assertThat(EventHeaders.read(headers(name, new byte[0]))).isEqualTo(EventAttributes.NONE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseWhatIsTooLong(String name) {
        assertThatThrownBy(
                        () -> EventHeaders.read(headers(name, "a".repeat(4097).getBytes(UTF_8))))
                .isInstanceOf(InvalidEventHeaderException.class)
                .hasMessage("Header " + name + " is '4097 bytes long': at most 4096 bytes are accepted.");
    }

    @Test
    void shouldTakeTheLongestAllowed() {
        assertThat(EventHeaders.read(headers(EventHeaders.ID, "ä".repeat(2048).getBytes(UTF_8)))
                        .id())
                .hasSize(2048);
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                bytes(0xff),
                bytes('a', 0xc3),
                bytes(0xc0, 0x80),
                bytes(0xed, 0xa0, 0x80),
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xe4, 0xf6, 0xfc));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void shouldRefuseWhatIsNotUtf8(byte[] value) {
        for (String name : ALL) {
            assertThatThrownBy(() -> EventHeaders.read(headers(name, value)))
                    .isInstanceOf(InvalidEventHeaderException.class)
                    .hasMessageStartingWith("Header " + name + " is '")
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void shouldTakeAReplacementCharacterThatIsReallyThere() {
        assertThat(EventHeaders.read(headers(EventHeaders.SUBJECT, "a\uFFFDb".getBytes(UTF_8)))
                        .subject())
                .isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Admin: 1", "a\u0000", "\t", "a\u007f", "a\u0085"})
    void shouldRefuseControlCharactersBothWays(String value) {
        for (String name : List.of(EventHeaders.TYPE, EventHeaders.TENANT, EventHeaders.CONTENT_TYPE)) {
            assertThatThrownBy(() -> EventHeaders.read(headers(name, value.getBytes(UTF_8))))
                    .isInstanceOf(InvalidEventHeaderException.class)
                    .message()
                    .contains("control characters")
                    .doesNotContain("\r", "\n", "\u0000", "\u0085");
        }
        EventAttributes attributes = new EventAttributes(null, null, value, null, null, null, null, null);
        assertThatThrownBy(() -> EventHeaders.write(attributes, new RecordHeaders()))
                .isInstanceOf(InvalidEventHeaderException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T08:30:00Z, 2026-11-24T08:30:00Z",
        "2026-11-24t08:30:00z, 2026-11-24T08:30:00Z",
        "2026-11-24T08:30:00.5+01:30, 2026-11-24T07:00:00.5Z",
        "2026-11-24T08:30:00-00:00, 2026-11-24T08:30:00Z",
        "2026-11-24T08:30:00.1234567891234Z, 2026-11-24T08:30:00.123456789Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "2016-12-31T23:59:60.25Z, 2016-12-31T23:59:59.25Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
    })
    void shouldReadEveryRfc3339Time(String written, Instant expected) {
        assertThat(EventHeaders.read(headers(EventHeaders.TIME, written.getBytes(UTF_8)))
                        .time())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1795509000123",
                "2026-11-24",
                "2026-11-24T08:30:00",
                "2026-13-24T08:30:00Z",
                "2026-02-30T08:30:00Z",
                "2026-11-24T25:00:00Z",
                "2026-11-24T08:30:61Z",
                "2026-11-24T08:30:00+0100",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59-01:00",
                "0000-01-01T00:00:00+00:01",
                "+999999999-12-31T23:59:59Z",
                "24.11.2026 08:30"
            })
    void shouldRefuseOtherTimes(String written) {
        assertThatThrownBy(() -> EventHeaders.read(headers(EventHeaders.TIME, written.getBytes(UTF_8))))
                .isInstanceOf(InvalidEventHeaderException.class)
                .hasMessageContaining("'" + written + "'")
                .hasMessageContaining("RFC 3339");
    }

    @Test
    void shouldTakeTheLastOfARepeatedHeader() {
        Headers headers = headers(EventHeaders.TENANT, bytes(0xff));
        headers.add(EventHeaders.TENANT, "acme".getBytes(UTF_8));
        headers.add(EventHeaders.TYPE, "first".getBytes(UTF_8));
        headers.add(EventHeaders.TYPE, null);

        EventAttributes read = EventHeaders.read(headers);

        assertThat(read.tenant()).isEqualTo("acme");
        assertThat(read.type()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=UTF-8",
                "application/cloudevents",
                "Application/CloudEvents-Batch+json"
            })
    void shouldRefuseStructuredModeInsteadOfTakingTheEnvelopeForData(String contentType) {
        assertThatThrownBy(() -> EventHeaders.read(headers(EventHeaders.CONTENT_TYPE, contentType.getBytes(UTF_8))))
                .isInstanceOf(InvalidEventHeaderException.class)
                .hasMessageContaining("binary mode");
    }

    @Test
    void shouldReplaceItsOwnHeadersAndLeaveOthers() {
        Headers headers = headers(EventHeaders.ID, "old".getBytes(UTF_8));
        headers.add(EventHeaders.ID, "older".getBytes(UTF_8));
        headers.add(EventHeaders.SUBJECT, "kept".getBytes(UTF_8));
        headers.add("mine", "kept".getBytes(UTF_8));

        EventHeaders.write(new EventAttributes("new", null, null, null, null, null, null, null), headers);

        assertThat(headers.headers(EventHeaders.ID)).hasSize(1);
        assertThat(EventHeaders.read(headers).id()).isEqualTo("new");
        assertThat(EventHeaders.read(headers).subject()).isEqualTo("kept");
        assertThat(headers.lastHeader("mine").value()).isEqualTo("kept".getBytes(UTF_8));
        assertThat(headers.lastHeader("ce_specversion").value()).isEqualTo("1.0".getBytes(UTF_8));
    }

    static List<EventAttributes> unwritable() {
        return List.of(
                new EventAttributes("a", "b", "", null, null, null, null, null),
                new EventAttributes("a", "b", "c", null, "\uD800", null, null, null),
                new EventAttributes("a", "b", "c", null, null, "x".repeat(4097), null, null),
                new EventAttributes("a", "b", "c", Instant.MAX, null, null, null, null),
                new EventAttributes("a", "b", "c", Instant.MIN, null, null, null, null),
                new EventAttributes("a", "b", "c", null, null, null, "application/cloudevents+json", null));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void shouldRefuseToWriteWhatItCouldNotReadAndThenSetNothing(EventAttributes attributes) {
        Headers headers = new RecordHeaders();
        assertThatThrownBy(() -> EventHeaders.write(attributes, headers))
                .isInstanceOf(InvalidEventHeaderException.class)
                .message()
                .hasSizeLessThan(400);

        assertThat(headers.toArray()).isEmpty();
    }

    private static Headers headers(String name, byte[] value) {
        return new RecordHeaders().add(name, value);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
