package io.hookline.ops.kafka;

import org.jspecify.annotations.Nullable;

/** Kafka did not answer, or refused who asked. The message says which addresses were tried, what each did, and the mend. */
public final class KafkaUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KafkaUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
