package io.hookline.router.stop;

import org.apache.kafka.common.KafkaException;

/** Work was given up because the router closes; nothing is wrong and nothing is lost. */
public final class ClosingException extends KafkaException {
    private static final long serialVersionUID = 1L;

    ClosingException(String message) {
        super(message);
    }
}
