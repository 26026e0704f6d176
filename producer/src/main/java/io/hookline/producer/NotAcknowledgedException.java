package io.hookline.producer;

import org.jspecify.annotations.Nullable;

/** Thrown by {@code flush} and {@code close}: how many of the events emitted since the last flush Kafka has not acknowledged. */
public final class NotAcknowledgedException extends EmitException {
    private static final long serialVersionUID = 1L;

    private final long count;

    NotAcknowledgedException(long count, String message, @Nullable Throwable first) {
        super(Reason.NOT_ACKNOWLEDGED, message, first);
        this.count = count;
    }

    /** Number of events, at least 1. The future of each tells why. */
    public long count() {
        return count;
    }
}
