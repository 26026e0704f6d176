package io.hookline.ops.emit;

/** Kafka did not take, or not acknowledge, an event. The message names the first such line; events after it may not have been emitted. */
public final class EmissionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmissionFailedException(String message) {
        super(message);
    }
}
