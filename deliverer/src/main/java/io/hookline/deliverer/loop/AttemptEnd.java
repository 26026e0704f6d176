package io.hookline.deliverer.loop;

import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.answer.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to.
 *
 * @param latencyUs from its start to the answer, in microseconds
 */
record AttemptEnd(Flight flight, Answer answer, Verdict verdict, long latencyUs) {
    /** Its number, from 1. */
    int attempt() {
        return flight.work().attempts() + 1;
    }

    /** HTTP status, or null where there was no answer. */
    @Nullable
    Integer status() {
        return answer instanceof Answer.Response response ? response.status() : null;
    }

    Instant startedAt() {
        return Instant.ofEpochMilli(flight.startedAtMs());
    }

    Instant firstAttemptAt() {
        Instant first = flight.work().firstAttemptAt();
        return first == null ? startedAt() : first;
    }

    /** What the next attempt will know of this one. */
    RetryProgress progress() {
        return new RetryProgress(attempt(), firstAttemptAt(), verdict.reason(), status());
    }

    /** The answer's first bytes, or null where there are none. */
    @Nullable
    ByteBuffer answerBytes() {
        if (answer instanceof Answer.Response response && response.body().length > 0) {
            byte[] body = response.body();
            return ByteBuffer.wrap(body, 0, Math.min(body.length, Answer.KEPT_BYTES_MAX));
        }
        return null;
    }
}
