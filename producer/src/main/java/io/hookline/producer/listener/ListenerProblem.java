package io.hookline.producer.listener;

import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong while listening and that somebody should look at.
 *
 * @param kind what
 * @param service whose listener
 * @param message names the event, what is wrong and what happens next
 * @param topic of the event; empty where no event is concerned
 * @param partition of the event, -1 for none
 * @param offset of the event, -1 for none
 * @param cause the exception, if there was one
 */
public record ListenerProblem(
        Kind kind,
        String service,
        String message,
        String topic,
        int partition,
        long offset,
        @Nullable Throwable cause) {

    /** What went wrong. */
    public enum Kind {
        /** An event that never gets to its handler: it cannot be decoded, or its chain is too long. */
        UNUSABLE_EVENT,
        /** The handler failed as often as it may, or what it returned cannot be published. */
        HANDLER_FAILED,
        /** The listener cannot go on, whatever the event: not authorised, fenced, or a fault of its own. */
        LISTENER_FAILED
    }
}
