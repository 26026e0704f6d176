package io.hookline.schemas.event;

import io.hookline.schemas.PlainText;

/** An event's header that cannot be used; the message names the header, the start of its value and what would be right. */
public final class InvalidEventHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int VALUE_CHARS_MAX = 100;

    InvalidEventHeaderException(String header, String value, String mend) {
        super("Header " + header + " is '" + PlainText.oneLine(value, VALUE_CHARS_MAX) + "': " + mend);
    }
}
