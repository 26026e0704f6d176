package io.hookline.testkit.kafka;

import java.io.Serial;

/** The embedded Kafka could not start; the message names what stood in the way and how to mend it. */
public final class KafkaStartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    KafkaStartException(String message) {
        super(message);
    }

    KafkaStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
