package io.hookline.testkit.receiver;

import java.time.Instant;

/**
 * How a request ended, as seen by the receiver.
 *
 * @param status the status that was sent, 0 if none was
 * @param at when the answer was handed to the socket, or the request given up
 */
public record Outcome(Kind kind, int status, Instant at) {

    /** See {@link Outcome}. */
    public enum Kind {
        /** An answer was sent. */
        ANSWERED,
        /** The script wanted no answer, or the client left before the answer was due, or the receiver closed. */
        UNANSWERED,
        /** The receiver closed the connection instead of answering. */
        DISCONNECTED
    }
}
