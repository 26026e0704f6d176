package io.hookline.producer.listener;

import org.jspecify.annotations.Nullable;

/** An event that no number of tries will get to its handler. */
final class UnusableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
