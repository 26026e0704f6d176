package io.hookline.router;

/** A router stopped before it ran. The message says why and how to mend it. */
public final class RouterFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RouterFailedException(RouterState state) {
        super(state instanceof RouterState.Failed failed ? failed.reason() : "The router was closed before it ran.");
    }
}
