package io.hookline.ops.replay;

/** A replay was cancelled or taken over from elsewhere while it ran; what it had committed stays. The message says which and by whom. */
public final class ReplayEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayEndedException(String message, Throwable cause) {
        super(message, cause);
    }
}
