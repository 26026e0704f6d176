package io.hookline.ops.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmissionTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void shouldFindEveryWrongLineOfEverySourceWithItsPosition() {
        Emission emission = new Emission(
                List.of(
                        EventSource.text(
                                "a.ndjson", "{\"n\":1}\n\n  \r\n{\"n\":2\n{\"n\":3}\r\n[1]\n{\"a\":1} {\"b\":2}\n"),
                        EventSource.text("b.ndjson", "{\"n\":1,\"n\":2}\n{\"n\":NaN}\n{\"n\":1}")),
                plain("t"));

        emission.check();

        assertThat(emission.valid()).isEqualTo(3);
        assertThat(emission.problems())
                .extracting(LineProblem::source, LineProblem::line, LineProblem::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.ndjson", 4L, 7),
                        org.assertj.core.groups.Tuple.tuple("a.ndjson", 6L, 1),
                        org.assertj.core.groups.Tuple.tuple("a.ndjson", 7L, 9),
                        org.assertj.core.groups.Tuple.tuple("b.ndjson", 1L, 11),
                        org.assertj.core.groups.Tuple.tuple("b.ndjson", 2L, 9));
        assertThat(emission.types()).isEqualTo(Map.of("t", 3L));
    }

    @Test
    void shouldNameTheByteThatIsNoUtf8() {
        byte[] latin1 = "{\"n\":\"café\"}".getBytes(StandardCharsets.ISO_8859_1);
        Emission emission = new Emission(List.of(EventSource.once("x", new ByteArrayInputStream(latin1))), plain("t"));

        emission.check();

        assertThat(emission.problems())
                .containsExactly(new LineProblem("x", 1, 10, "this is not UTF-8 text: save the file as UTF-8."));
    }

    @Test
    void shouldSkipALineThatIsTooLongWithoutHoldingIt() {
        InputStream huge = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream("{\"a\":\"".getBytes(StandardCharsets.UTF_8)),
                new ZeroStream(64L * 1024 * 1024),
                new ByteArrayInputStream("\"}\n{\"n\":1}\n".getBytes(StandardCharsets.UTF_8)))));
        Emission emission = new Emission(List.of(EventSource.once("x", huge)), plain("t"));

        emission.check();

        assertThat(emission.valid()).isEqualTo(1);
        assertThat(emission.problems()).singleElement().asString().contains("x:1: the line is longer than");
    }

    /** What the parser is built of means nothing to who writes JSON. */
    @Test
    void shouldSayWhatIsWrongWithJsonInPlainWords() {
        String lines = "{\"a\":{\n{\"a\":NaN}\n{\"a\":" + "[".repeat(300) + "\n";
        Emission emission = new Emission(List.of(EventSource.text("x", lines)), plain("t"));

        emission.check();

        assertThat(emission.problems()).hasSize(3).first().asString().startsWith("x:1:7: Unexpected end-of-input");
        assertThat(emission.problems().toString())
                .contains("(it begins at line 1, column 6)", "(201) exceeds the maximum allowed (200)")
                .doesNotContain("Source", "Feature", "Constraints");
    }

    @Test
    void shouldCountMoreProblemsThanItKeeps() {
        Emission emission = new Emission(List.of(EventSource.text("x", "{\n".repeat(1_000))), plain("t"));

        emission.check();

        assertThat(emission.invalid()).isEqualTo(1_000);
        assertThat(emission.problems()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"t\",\"data\":{}} | ",
                "{\"type\":\"t\",\"data\":{},\"key\":\"k\",\"time\":\"2026-11-24T08:30:00+01:00\",\"specversion\":\"1.0\"} | ",
                "{\"data\":{}} | 'type' and an object 'data'",
                "{\"type\":\"t\",\"data\":[]} | 'type' and an object 'data'",
                "{\"typ\":\"t\",\"data\":{}} | no attribute 'typ'; did you mean 'type'?",
                "{\"type\":1,\"data\":{}} | attribute 'type' is 1; text is expected",
                "{\"type\":\"t\",\"data\":{},\"time\":\"noon\"} | an RFC 3339 time is expected",
                "{\"order\":1} | give the event type on the command line",
            })
    void shouldReadEnvelopes(String line, String problem) {
        Emission emission = new Emission(List.of(EventSource.text("x", line)), plain(null));

        emission.check();

        if (problem == null) {
            assertThat(emission.problems()).isEmpty();
        } else {
            assertThat(emission.problems()).singleElement().asString().contains(problem);
        }
    }

    @Test
    void shouldTakeKeyTenantAndIdFromFields() throws Exception {
        EventForm form = new EventForm(
                "t", t -> Optional.empty(), null, "customer.id", null, "shop", "order", null, NOON, "subject");

        var event = form.event(
                "{\"customer\":{\"id\":42},\"shop\":\"acme\",\"order\":\"o-1\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(StandardCharsets.UTF_8.decode(event.key()).toString()).isEqualTo("42");
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.time()).isEqualTo(NOON);
        assertThat(event.id()).isEqualTo("o-1");
        assertThat(event.subject()).isEqualTo("subject");
    }

    @Test
    void shouldRefuseALineWithoutTheFieldThatIsTheKey() {
        EventForm form =
                new EventForm("t", t -> Optional.empty(), null, "customer.id", null, null, null, null, null, null);
        Emission emission =
                new Emission(List.of(EventSource.text("x", "{\"customer\":7}\n{\"customer\":{\"id\":{}}}")), form);

        emission.check();

        assertThat(emission.problems())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.text()).contains("field 'customer.id' is"));
    }

    private static EventForm plain(String type) {
        return new EventForm(type, t -> Optional.empty(), null, null, null, null, null, null, null, null);
    }

    /** So many letters. */
    private static final class ZeroStream extends InputStream {
        private long left;

        ZeroStream(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int given = (int) Math.min(left, length);
            java.util.Arrays.fill(into, offset, offset + given, (byte) 'x');
            left -= given;
            return given;
        }
    }
}
