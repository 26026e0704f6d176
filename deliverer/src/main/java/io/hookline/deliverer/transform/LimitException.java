package io.hookline.deliverer.transform;

/** An evaluation has used up what it may use. */
final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitException(String message) {
        super(message);
    }
}
