package io.hookline.testkit.kafka;

import java.io.Serial;

/** The chosen kind of Kafka cannot run on this machine; tests that need it are skipped with this message. */
public final class KafkaUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public KafkaUnavailableException(String message) {
        super(message);
    }
}
