package io.hookline.deliverer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final String DEFAULT = "5s 5m 30m 2h 5h 10h 10h jitter 20%";

    @Test
    void shouldReadWaitsInEveryUnit() {
        RetrySchedule schedule = RetrySchedule.parse("250ms 5s 5m 2h 1d");
        assertThat(schedule.delays())
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofHours(2),
                        Duration.ofDays(1));
        assertThat(schedule.jitter()).isZero();
        assertThat(schedule.attemptsMax()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "' 5s \t 5m\n', 5s 5m",
        "60s, 1m",
        "90s, 90s",
        "24h, 1d",
        "1000ms, 1s",
        "1500ms, 1500ms",
        "2d, 2d",
        "5s jitter 0%, 5s",
        "5s jitter 07%, 5s jitter 7%",
        "007s, 7s"
    })
    void shouldWriteTheShortestTextThatMeansTheSame(String given, String written) {
        assertThat(RetrySchedule.parse(given)).hasToString(written);
        assertThat(RetrySchedule.parse(written)).isEqualTo(RetrySchedule.parse(given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|'' in retry schedule '' is not a wait: write a number and ms, s, m, h or d, such as 30s.",
                "5|'5' in retry schedule '5' is not a wait: write a number and ms, s, m, h or d, such as 30s.",
                "5s 5x|'5x' in retry schedule '5s 5x' is not a wait",
                "-5s|'-5s' in retry schedule '-5s' is not a wait",
                "5 s|'5' in retry schedule '5 s' is not a wait",
                "5S|'5S' in retry schedule '5S' is not a wait",
                "1.5s|'1.5s' in retry schedule '1.5s' is not a wait",
                "5s,5m|'5s,5m' in retry schedule '5s,5m' is not a wait",
                "\u0665s|'\u0665s' in retry schedule '\u0665s' is not a wait",
                "1234567890ms|'1234567890ms' in retry schedule '1234567890ms' is not a wait",
                "5s 0s|The wait 0d is not usable in a retry schedule: over 0 and at most 2 days are.",
                "49h|The wait 49h is not usable in a retry schedule: over 0 and at most 2 days are.",
                "999999999d|The wait PT23999999976H is not usable in a retry schedule: over 0 and at most 2 days are.",
                "jitter 20%|A retry schedule has 1 to 50 waits, this one has 0.",
                "5s jitter|Retry schedule '5s jitter' ends in a jitter that is not usable: write 'jitter 20%' at its end.",
                "5s jitter 20|Retry schedule '5s jitter 20' ends in a jitter that is not usable",
                "5s jitter 2.5%|Retry schedule '5s jitter 2.5%' ends in a jitter that is not usable",
                "5s jitter -1%|Retry schedule '5s jitter -1%' ends in a jitter that is not usable",
                "5s jitter 20% 5m|Retry schedule '5s jitter 20% 5m' ends in a jitter that is not usable",
                "5s jitter 20% jitter 20%|ends in a jitter that is not usable",
                "5s jitter 51%|Jitter of 51.0% is not usable in a retry schedule: 0% to 50% in whole percent are.",
            })
    void shouldSayWhatIsWrongAndWhatIsExpected(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySchedule.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void shouldTakeFiftyWaitsAndNotOneMore() {
        List<Duration> fifty = Collections.nCopies(RetrySchedule.DELAYS_MAX, Duration.ofSeconds(1));
        assertThat(new RetrySchedule(fifty, 0).attemptsMax()).isEqualTo(51);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySchedule.parse("1s ".repeat(51)))
                .withMessage("A retry schedule has 1 to 50 waits, this one has 51.");
    }

    @Test
    void shouldNotRepeatAMegabyteOfNonsenseInItsMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySchedule.parse("x".repeat(1 << 20)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.01, 0.51, 0.255, 1e-9, Double.POSITIVE_INFINITY})
    void shouldRefuseAJitterThatItsTextCouldNotSay(double jitter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(Duration.ofSeconds(5)), jitter))
                .withMessageContaining("0% to 50% in whole percent are.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000000001S", "PT1.0000001S", "PT48H0.001S", "PT2562047788015215H"})
    void shouldRefuseAWaitThatItsTextCouldNotSay(String wait) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(Duration.parse(wait)), 0))
                .withMessageContaining("is not usable in a retry schedule");
    }

    @Test
    void shouldEndAfterTheLastWait() {
        RetrySchedule schedule = RetrySchedule.parse("5s 1m");
        assertThat(schedule.next(1, 1_000, new SplittableRandom(1))).isEqualTo(OptionalLong.of(6_000));
        assertThat(schedule.next(2, 1_000, new SplittableRandom(1))).isEqualTo(OptionalLong.of(61_000));
        assertThat(schedule.next(3, 1_000, new SplittableRandom(1))).isEmpty();
        assertThat(schedule.next(Integer.MAX_VALUE, 1_000, new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void shouldCountTheJitterIntoTheLongestDelay() {
        assertThat(RetrySchedule.parse(DEFAULT).longestDelay()).isEqualTo(Duration.ofHours(12));
        assertThat(RetrySchedule.parse("1h 2m").longestDelay()).isEqualTo(Duration.ofHours(1));
    }

    /** The promise of the design: a retry costs at most three writes on its way, whatever the jitter says. */
    @Test
    void shouldPassThroughThreeTiersAtMostWithTheDefaultSchedule() {
        RetrySchedule schedule = RetrySchedule.parse(DEFAULT);
        SplittableRandom random = new SplittableRandom(20261124);
        for (int attempt = 1; attempt < schedule.attemptsMax(); attempt++) {
            int[] draws = new int[50];
            for (int i = 0; i < 20_000; i++) {
                draws[TierPlan.hops(schedule.next(attempt, 0, random).getAsLong())]++;
            }
            assertThat(draws[1] + draws[2] + draws[3])
                    .as("draws of attempt %d within three hops", attempt + 1)
                    .isEqualTo(20_000);
        }
    }

    /** Few hops must not mean no jitter: what failed together is not tried again together. */
    @Test
    void shouldSpreadWhatFailedTogether() {
        RetrySchedule schedule = RetrySchedule.parse(DEFAULT);
        SplittableRandom random = new SplittableRandom(7);
        for (int attempt = 1; attempt < schedule.attemptsMax(); attempt++) {
            int[] seconds = new int[60 * 60 * 13];
            for (int i = 0; i < 20_000; i++) {
                seconds[(int) (schedule.next(attempt, 0, random).getAsLong() / 1_000)]++;
            }
            long used =
                    java.util.Arrays.stream(seconds).filter(count -> count > 0).count();
            int busiest = java.util.Arrays.stream(seconds).max().getAsInt();
            assertThat(used).as("seconds used by attempt %d", attempt + 1).isGreaterThanOrEqualTo(2);
            assertThat(busiest)
                    .as("share of the busiest second, attempt %d", attempt + 1)
                    .isLessThan(attempt == 1 ? 11_000 : 1_000);
        }
    }
}
