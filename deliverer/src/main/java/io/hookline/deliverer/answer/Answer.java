package io.hookline.deliverer.answer;

import io.hookline.avro.Reason;
import org.jspecify.annotations.Nullable;

/** What came back from one HTTP request. */
public sealed interface Answer {
    /** First bytes of a body that are kept in attempts and dead letters. */
    int KEPT_BYTES_MAX = 4 * 1024;

    /** Bytes of a body that are read at most; what follows is cut off. */
    int READ_BYTES_MAX = 64 * 1024;

    /**
     * The endpoint answered with a status.
     *
     * @param status HTTP status, 200 to 599 as a rule
     * @param retryAfter value of the header, as it was sent
     * @param body first bytes, at most {@link #READ_BYTES_MAX}
     * @param isWhole whether that is all of the body; false where it was cut off, by size, by time or by the endpoint
     */
    record Response(int status, @Nullable String retryAfter, byte[] body, boolean isWhole) implements Answer {}

    /**
     * There was no answer.
     *
     * @param detail what happened, for people
     */
    record Failure(Reason reason, String detail) implements Answer {}
}
