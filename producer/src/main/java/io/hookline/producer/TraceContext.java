package io.hookline.producer;

import java.util.regex.Pattern;

/** The form of a <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C traceparent</a>. */
public final class TraceContext {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private TraceContext() {}

    /** Whether a text is a traceparent that an event can carry. */
    public static boolean isTraceparent(String text) {
        return TRACEPARENT.matcher(text).matches();
    }
}
