package io.hookline.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @Property
    void shouldReadWhatItWrites(@ForAll @LongRange(min = 0, max = 86_400_000_000_000L) long ms) {
        assertThat(DurationText.parse(DurationText.format(Duration.ofMillis(ms))))
                .isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "1.5h", "5x", "5s5", "99999999999s", "٣s"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 500ms");
    }

    @Test
    void shouldReadTimesAgoAndTimes() {
        Instant now = Instant.parse("2026-11-24T08:30:00Z");

        assertThat(DurationText.time("1h30m", now)).isEqualTo("2026-11-24T07:00:00Z");
        assertThat(DurationText.time("2026-11-24T09:00:00+01:00", now)).isEqualTo("2026-11-24T08:00:00Z");
        assertThatThrownBy(() -> DurationText.time("yesterday", now)).hasMessageContaining("a time is expected");
    }
}
