package io.hookline.router;

/** Ends the router's loop; the message says for people why, and how to mend it. */
final class RouterStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RouterStoppedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
