package io.hookline.testkit.kafka;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The embedded Kafka could not start; the message names what stood in the way and how to mend it. */
public final class KafkaStartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isHeld;

    KafkaStartException(String message) {
        this(message, null, false);
    }

    KafkaStartException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private KafkaStartException(String message, @Nullable Throwable cause, boolean isHeld) {
        super(message, cause);
        this.isHeld = isHeld;
    }

    /** Another program has what it needs. */
    static KafkaStartException held(String message, @Nullable Throwable cause) {
        return new KafkaStartException(message, cause, true);
    }

    /** Whether another program has the port or the data directory: it can start once that one has ended. */
    public boolean isHeld() {
        return isHeld;
    }
}
