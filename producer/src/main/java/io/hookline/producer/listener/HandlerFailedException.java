package io.hookline.producer.listener;

/** The handler threw; the cause says what. Tells it from failures of decoding. */
final class HandlerFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    HandlerFailedException(Throwable cause) {
        super(cause);
    }
}
