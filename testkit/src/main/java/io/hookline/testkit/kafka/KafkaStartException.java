package io.hookline.testkit.kafka;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The embedded Kafka could not start; the message names what stood in the way and how to mend it. */
public final class KafkaStartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Cause why;

    /** Whose turn it is to mend it. */
    private enum Cause {
        HELD,
        UNUSABLE,
        FAILED
    }

    KafkaStartException(String message) {
        this(message, null, Cause.FAILED);
    }

    KafkaStartException(String message, Throwable cause) {
        this(message, cause, Cause.FAILED);
    }

    private KafkaStartException(String message, @Nullable Throwable cause, Cause why) {
        super(message, cause);
        this.why = why;
    }

    /** Another program has what it needs. */
    static KafkaStartException held(String message, @Nullable Throwable cause) {
        return new KafkaStartException(message, cause, Cause.HELD);
    }

    /** What it was told to use is not fit for it. */
    static KafkaStartException unusable(String message, @Nullable Throwable cause) {
        return new KafkaStartException(message, cause, Cause.UNUSABLE);
    }

    /** Whether another program has the port or the data directory: it can start once that one has ended. */
    public boolean isHeld() {
        return why == Cause.HELD;
    }

    /** Whether the data directory that was named cannot be Kafka's: it can start with another one. */
    public boolean isUnusable() {
        return why == Cause.UNUSABLE;
    }
}
