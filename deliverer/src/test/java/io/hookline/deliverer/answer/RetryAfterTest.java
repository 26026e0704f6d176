package io.hookline.deliverer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private static OptionalLong in(Duration wait) {
        return OptionalLong.of(NOW + wait.toMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1, PT1S",
        "'  120\t', PT2M",
        "000030, PT30S",
        "86400, P1D",
        "86401, P1D",
        "999999999, P1D",
        "9999999999, P1D",
        "99999999999999999999999999999999, P1D"
    })
    void shouldReadSeconds(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(in(wait));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tue, 24 Nov 2026 12:00:30 GMT",
                "Tuesday, 24-Nov-26 12:00:30 GMT",
                "Tue Nov 24 12:00:30 2026",
                "Mon, 24 Nov 2026 12:00:30 GMT",
            })
    void shouldReadAllThreeDatesOfHttp(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(in(Duration.ofSeconds(30)));
    }

    @Test
    void shouldReadADayOfOneDigitAndALeapSecond() {
        long start = Instant.parse("2026-12-01T08:59:00Z").toEpochMilli();
        assertThat(RetryAfter.parse("Tue Dec  1 08:59:37 2026", start)).isEqualTo(OptionalLong.of(start + 37_000));
        assertThat(RetryAfter.parse("Tue, 01 Dec 2026 08:59:60 GMT", start)).isEqualTo(OptionalLong.of(start + 59_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Mon, 01 Jan 0000 00:00:00 GMT",
                // More than fifty years ahead means the century before.
                "Friday, 24-Nov-77 12:00:00 GMT",
            })
    void shouldTakeThePastForNow(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(in(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 31 Dec 9999 23:59:59 GMT", "Tuesday, 24-Nov-76 12:00:00 GMT", "Wed Nov 25 12:00:01 2026"})
    void shouldCutAbsurdDatesToADay(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(in(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "1s",
                "\u0661",
                "soon",
                "Tue, 31 Feb 2027 12:00:30 GMT",
                "Tue, 24 Nov 2026 24:00:00 GMT",
                "Tue, 24 Nov 2026 12:60:00 GMT",
                "Tue, 24 Nov 2026 12:00:61 GMT",
                "Tue, 24 Foo 2026 12:00:30 GMT",
                "Tue, 24 Nov 2026 12:00:30 CET",
                "Tue, 24 Nov 2026 12:00:30",
                "Tue, 24 Nov 02026 12:00:30 GMT",
                "2026-11-24T12:00:30Z",
                "30, 60"
            })
    void shouldIgnoreWhatIsNeitherSecondsNorADate(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void shouldIgnoreItsAbsenceAndNotStumbleOverItsLength() {
        assertThat(RetryAfter.parse(null, NOW)).isEmpty();
        assertThat(RetryAfter.parse("x".repeat(100_000), NOW)).isEmpty();
        assertThat(RetryAfter.parse("7".repeat(100_000), NOW)).isEqualTo(in(Duration.ofDays(1)));
        assertThat(RetryAfter.parse("Tue, " + " ".repeat(100_000) + "24 Nov 2026 12:00:30 GMT", NOW))
                .isEmpty();
    }
}
