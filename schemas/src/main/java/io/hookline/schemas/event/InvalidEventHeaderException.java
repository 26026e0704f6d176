package io.hookline.schemas.event;

/** An event's header that cannot be used; the message names the header, its value and what would be right. */
public final class InvalidEventHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidEventHeaderException(String header, String value, String mend) {
        super("Header " + header + " is '" + value + "': " + mend);
    }
}
