package io.hookline.deliverer.endpoint;

import io.hookline.schemas.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that a subscription adds to each request: they may neither forge what Hookline says nor break the message apart. */
final class StaticHeaders {
    private static final int HEADERS_MAX = 100;
    private static final int SHOWN_MAX = 100;

    /** RFC 9110 token. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");

    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8192}");

    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "user-agent");

    private StaticHeaders() {}

    /** @throws IllegalArgumentException naming the header, never its value */
    static Map<String, String> checked(Map<String, String> headers) {
        if (headers.size() > HEADERS_MAX) {
            throw new IllegalArgumentException(
                    "headers are " + headers.size() + ": at most " + HEADERS_MAX + " can be sent.");
        }
        headers.forEach(StaticHeaders::check);
        return Map.copyOf(headers);
    }

    private static void check(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        String header = "headers has '" + PlainText.oneLine(name, SHOWN_MAX) + "'";
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    header + ": letters, digits and !#$%&'*+-.^_`|~ make a header's name, at most 200 of them.");
        }
        if (RESERVED.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("proxy-")) {
            throw new IllegalArgumentException(header + ", which Hookline sets itself: remove it.");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    header
                            + " with a value that cannot be sent: at most 8192 visible ASCII characters on one line are expected.");
        }
    }
}
