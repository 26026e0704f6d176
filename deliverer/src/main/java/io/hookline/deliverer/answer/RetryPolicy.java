package io.hookline.deliverer.answer;

import io.hookline.avro.DeadCause;
import io.hookline.avro.Reason;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.RetrySchedule;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What a subscription wants done after a failed attempt.
 *
 * @param schedule waits between attempts
 * @param maxAgeMs age of the event, in milliseconds, beyond which nothing is tried any more
 */
public record RetryPolicy(RetrySchedule schedule, long maxAgeMs) {

    /**
     * Decides what follows from one attempt. A 410 is final. An endpoint that says {@code Retry-After} with 429, 502, 503 or 504 is not
     * asked earlier than it wishes, nor earlier than the schedule says.
     *
     * @param nowMs when the answer was judged, milliseconds since 1970
     */
    public Decision decide(Verdict verdict, Answer answer, Progress progress, long nowMs, RandomGenerator random) {
        if (verdict.isSuccess()) {
            return new Decision.Delivered();
        }
        if (verdict.reason() == Reason.GONE) {
            return new Decision.Dead(DeadCause.ENDPOINT_GONE);
        }
        OptionalLong due = schedule.next(progress.attempts(), nowMs, random);
        if (due.isEmpty()) {
            return new Decision.Dead(DeadCause.EXHAUSTED);
        }
        long dueMs = Math.max(due.getAsLong(), wished(verdict, answer, nowMs));
        if (isExpired(progress.recordedAtMs(), dueMs)) {
            return new Decision.Dead(DeadCause.EXPIRED);
        }
        return new Decision.RetryIn(DueWindow.at(dueMs));
    }

    /** Whether an event recorded then is too old to be tried at that time. */
    public boolean isExpired(long recordedAtMs, long atMs) {
        return recordedAtMs < atMs - maxAgeMs;
    }

    private static long wished(Verdict verdict, Answer answer, long nowMs) {
        boolean honoured = verdict.reason() == Reason.THROTTLED || verdict.reason() == Reason.UNAVAILABLE;
        return honoured && answer instanceof Answer.Response response
                ? RetryAfter.parse(response.retryAfter(), nowMs).orElse(nowMs)
                : nowMs;
    }
}
