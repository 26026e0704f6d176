package io.hookline.deliverer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.DeadCause;
import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.RetrySchedule;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final RetryPolicy POLICY = new RetryPolicy(RetrySchedule.parse("5s 1h"), 2 * DAY_MS);

    private static Decision decide(RetryPolicy policy, Answer answer, int attempts, long recordedAtMs) {
        Verdict verdict = Verdict.of(answer, SuccessRule.STATUS_2XX);
        Progress progress = new Progress(attempts, recordedAtMs, recordedAtMs);
        return policy.decide(verdict, answer, progress, NOW, new SplittableRandom(1));
    }

    private static Answer status(int status, String retryAfter) {
        return new Answer.Response(status, retryAfter, new byte[0], true);
    }

    private static Decision in(Duration wait) {
        return new Decision.RetryIn(DueWindow.at(NOW + wait.toMillis()));
    }

    @Test
    void shouldFollowTheScheduleToItsEnd() {
        assertThat(decide(POLICY, status(500, null), 1, NOW)).isEqualTo(in(Duration.ofSeconds(5)));
        assertThat(decide(POLICY, status(500, null), 2, NOW)).isEqualTo(in(Duration.ofHours(1)));
        assertThat(decide(POLICY, status(500, null), 3, NOW)).isEqualTo(new Decision.Dead(DeadCause.EXHAUSTED));
        assertThat(decide(POLICY, status(500, null), 1_000, NOW)).isEqualTo(new Decision.Dead(DeadCause.EXHAUSTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void shouldNotAskEarlierThanTheEndpointWishes(int status) {
        assertThat(decide(POLICY, status(status, "3600"), 1, NOW)).isEqualTo(in(Duration.ofHours(1)));
        assertThat(decide(POLICY, status(status, "999999999"), 1, NOW)).isEqualTo(in(Duration.ofDays(1)));
        assertThat(decide(POLICY, status(status, "1"), 2, NOW))
                .as("nor earlier than the schedule")
                .isEqualTo(in(Duration.ofHours(1)));
        assertThat(decide(POLICY, status(status, "nonsense"), 1, NOW)).isEqualTo(in(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 404, 408, 500, 501, 505, 599, 600})
    void shouldNotLetOtherAnswersDelayIt(int status) {
        assertThat(decide(POLICY, status(status, "3600"), 1, NOW)).isEqualTo(in(Duration.ofSeconds(5)));
    }

    /** Its attempts are used up however long the endpoint wants to wait. */
    @Test
    void shouldNotLetRetryAfterAddAttempts() {
        assertThat(decide(POLICY, status(503, "10"), 3, NOW)).isEqualTo(new Decision.Dead(DeadCause.EXHAUSTED));
    }

    @Test
    void shouldGiveUpAtOnceWhatWouldBeTooOldAtItsTurn() {
        long justYoungEnough = NOW + 5_000 - 2 * DAY_MS;
        assertThat(decide(POLICY, status(500, null), 1, justYoungEnough)).isEqualTo(in(Duration.ofSeconds(5)));
        assertThat(decide(POLICY, status(500, null), 1, justYoungEnough - 1))
                .isEqualTo(new Decision.Dead(DeadCause.EXPIRED));
        assertThat(decide(POLICY, status(503, "7200"), 1, NOW + 7_199_999 - 2 * DAY_MS))
                .as("a wish beyond the age")
                .isEqualTo(new Decision.Dead(DeadCause.EXPIRED));
    }

    @Test
    void shouldCompareAgesWithoutOverflow() {
        RetryPolicy forever = new RetryPolicy(RetrySchedule.parse("5s"), Long.MAX_VALUE);
        assertThat(forever.isExpired(0, NOW)).isFalse();
        assertThat(forever.isExpired(NOW + DAY_MS, NOW)).isFalse();
        assertThat(POLICY.isExpired(Long.MIN_VALUE, NOW)).isTrue();
        assertThat(POLICY.isExpired(Long.MAX_VALUE, NOW)).isFalse();
        assertThat(POLICY.isExpired(NOW - 2 * DAY_MS, NOW)).isFalse();
        assertThat(POLICY.isExpired(NOW - 2 * DAY_MS - 1, NOW)).isTrue();
    }

    @Test
    void shouldDeliverWhatArrivedHoweverOldAndOften() {
        assertThat(decide(POLICY, status(204, "99"), 99, 0)).isEqualTo(new Decision.Delivered());
    }

    @Test
    void shouldGiveUpWhatIsGone() {
        assertThat(decide(POLICY, status(410, "5"), 1, NOW)).isEqualTo(new Decision.Dead(DeadCause.ENDPOINT_GONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCESS", "GONE"})
    void shouldTryAgainWhateverWentWrong(Reason reason) {
        assertThat(decide(POLICY, new Answer.Failure(reason, "x"), 1, NOW)).isEqualTo(in(Duration.ofSeconds(5)));
    }
}
