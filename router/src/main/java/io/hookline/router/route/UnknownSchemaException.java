package io.hookline.router.route;

/** No schema has that id, or none that can be used; the message says who answered so. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        super(message);
    }
}
