package io.hookline.router.filter;

/** An event's payload is not what its content type says: malformed JSON, or bytes that are not of the writer schema. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableEventException(String message) {
        super(message);
    }

    UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
