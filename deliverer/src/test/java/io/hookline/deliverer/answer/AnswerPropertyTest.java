package io.hookline.deliverer.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.avro.DeadCause;
import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.schedule.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class AnswerPropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long NOW = 1_790_000_000_000L;

    private static Verdict judged(byte[] body) {
        return Verdict.of(new Answer.Response(200, null, body, true), SuccessRule.JSON_STATUS_SUCCESS);
    }

    @Property(tries = 3_000)
    void shouldJudgeWhateverBytesCome(@ForAll byte[] body) {
        assertThat(judged(body).reason()).isIn(Reason.SUCCESS, Reason.BODY_NOT_SUCCESS);
    }

    /** Bytes one step away from a success: the damaged are judged without an exception, too. */
    @Property(tries = 3_000)
    void shouldJudgeDamagedAnswers(@ForAll @IntRange(max = 60) int at, @ForAll byte with, @ForAll boolean cut) {
        byte[] body = "\uFEFF{\"id\":[1.5e3,\"\u00e4\",{\"b\":null}],\"status\":\"success\",\"t\":\"\\u00e4\"}"
                .getBytes(UTF_8);
        body[at % body.length] = with;
        byte[] sent = cut ? java.util.Arrays.copyOf(body, at) : body;
        assertThat(judged(sent).reason()).isIn(Reason.SUCCESS, Reason.BODY_NOT_SUCCESS);
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> value = Arbitraries.of(
                "\"success\"", "\"failure\"", "null", "1", "[\"success\"]", "{\"status\":\"success\"}", "-0.5e-7");
        Arbitrary<String> name = Arbitraries.of("status", "Status", "state", "id", "");
        return Combinators.combine(name, value)
                .as((n, v) -> "\"" + n + "\":" + v)
                .list()
                .ofMaxSize(6)
                .map(members -> "{" + String.join(",", members) + "}");
    }

    /** The naive model reads the whole tree; it differs only where a member is there twice, which the model sees once. */
    @Property(tries = 3_000)
    void shouldAgreeWithReadingTheWholeTree(@ForAll("objects") String object) throws JsonProcessingException {
        JsonNode status = MAPPER.readTree(object).path("status");
        boolean isTwice = object.split("\"status\":", -1).length > 2;
        boolean isSuccess = judged(object.getBytes(UTF_8)).isSuccess();
        if (isTwice) {
            assertThat(isSuccess && !status.asText().equals("success")).isFalse();
        } else {
            assertThat(isSuccess)
                    .isEqualTo(status.isTextual() && status.textValue().equals("success"));
        }
    }

    @Property(tries = 3_000)
    void shouldReadEveryRetryAfterIntoTheFutureOrNotAtAll(@ForAll String header) {
        OptionalLong wished = RetryAfter.parse(header, NOW);
        wished.ifPresent(ms -> assertThat(ms).isBetween(NOW, NOW + RetryAfter.MAX.toMillis()));
    }

    @Property(tries = 3_000)
    void shouldReadSecondsExactlyUpToTheLimit(@ForAll @LongRange(min = 0) long seconds) {
        long capped = Math.min(seconds, RetryAfter.MAX.toSeconds());
        assertThat(RetryAfter.parse(Long.toString(seconds), NOW)).isEqualTo(OptionalLong.of(NOW + capped * 1_000));
    }

    /**
     * Whatever is answered: the decision is a success for a success, and a retry neither before the schedule nor before the endpoint's wish,
     * unless attempts or age are used up.
     */
    @Property(tries = 5_000)
    void shouldDecideWithinTheRules(
            @ForAll @IntRange(min = 100, max = 600) int status,
            @ForAll @IntRange(min = 1, max = 5) int attempts,
            @ForAll @IntRange(min = -10, max = 100_000) int retryAfterS,
            @ForAll @LongRange(min = -1_000, max = 1_000_000) long ageMs,
            @ForAll @LongRange(min = 1, max = 1_000_000) long maxAgeMs,
            @ForAll long seed) {
        RetrySchedule schedule =
                new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30)), 0.2);
        RetryPolicy policy = new RetryPolicy(schedule, maxAgeMs);
        Answer answer = new Answer.Response(status, Integer.toString(retryAfterS), new byte[0], true);
        Verdict verdict = Verdict.of(answer, SuccessRule.STATUS_2XX);
        Decision decision = policy.decide(
                verdict, answer, new Progress(attempts, NOW - ageMs, NOW - ageMs), NOW, new SplittableRandom(seed));

        if (status / 100 == 2) {
            assertThat(decision).isEqualTo(new Decision.Delivered());
        } else if (status == 410) {
            assertThat(decision).isEqualTo(new Decision.Dead(DeadCause.ENDPOINT_GONE));
        } else if (attempts > 3) {
            assertThat(decision).isEqualTo(new Decision.Dead(DeadCause.EXHAUSTED));
        } else {
            long delayMs = schedule.delays().get(attempts - 1).toMillis();
            boolean isHonoured = List.of(429, 502, 503, 504).contains(status);
            long wishMs = isHonoured ? Math.min(86_400, Math.max(0, retryAfterS)) * 1_000L : 0;
            if (decision instanceof Decision.RetryIn retry) {
                long inMs = retry.window().notBeforeMs() - NOW;
                assertThat(inMs).isGreaterThanOrEqualTo(Math.max(delayMs * 4 / 5, wishMs));
                assertThat(inMs).isLessThanOrEqualTo(Math.max(delayMs * 6 / 5, wishMs));
                assertThat(ageMs + inMs).isLessThanOrEqualTo(maxAgeMs);
            } else {
                assertThat(decision).isEqualTo(new Decision.Dead(DeadCause.EXPIRED));
                assertThat(ageMs + Math.max(delayMs * 6 / 5, wishMs)).isGreaterThan(maxAgeMs);
            }
        }
    }
}
