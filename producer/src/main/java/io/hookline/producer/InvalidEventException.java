package io.hookline.producer;

import org.jspecify.annotations.Nullable;

/**
 * An event that can never be emitted as it is; nothing was sent. The message names the event's type, what is wrong with it, the value and
 * the mend.
 */
public final class InvalidEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidEventException(String message) {
        super(message);
    }

    InvalidEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
