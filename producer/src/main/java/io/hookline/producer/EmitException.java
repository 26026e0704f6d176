package io.hookline.producer;

import org.jspecify.annotations.Nullable;

/** A valid event that was not accepted, or whose acknowledgement did not come. {@link #reason} says what can be done about it. */
public sealed class EmitException extends RuntimeException permits NotAcknowledgedException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, by what mends it. */
    public enum Reason {
        /** The event type has no topic, or not any more: create it. */
        TOPIC_MISSING,
        /** This principal may not write (or create) the topic: grant it. */
        NOT_AUTHORIZED,
        /** More was emitted than Kafka takes; the buffer stayed full for {@code max.block.ms}: emit slower, or try again. */
        BUFFER_FULL,
        /** Kafka did not answer in time: try again. */
        KAFKA_UNREACHABLE,
        /** The schema registry did not answer, or refused the schema: the message says which. */
        REGISTRY,
        /** The {@code value.serializer} failed on a record that fits its schema. */
        SERIALIZER,
        /** Kafka did not acknowledge within {@code delivery.timeout.ms}. It may be in the log all the same: emit it again with its id. */
        NOT_ACKNOWLEDGED,
        /** Another producer with the same {@code transactional.id} has taken over, or the outcome is unknown: make a new producer. */
        PRODUCER_UNUSABLE,
        /** The transaction was aborted; none of its events is visible to readers of committed events: try again. */
        TRANSACTION_ABORTED,
        /** The broker says no to this event. */
        REFUSED
    }

    private final Reason reason;

    EmitException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public final Reason reason() {
        return reason;
    }
}
