package io.hookline.schemas.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as RFC 3339 writes them: four digits of year, seconds, an offset. */
final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** What RFC 3339 allows and java.time does not read: a leap second, and more than nine digits after the point. */
    private static final Pattern RARE =
            Pattern.compile("(.{10}[Tt]\\d\\d:\\d\\d:)(\\d\\d)(\\.\\d{1,9})?\\d*(Z|z|[+-]\\d\\d:\\d\\d)");

    private Rfc3339() {}

    /**
     * Digits beyond nanoseconds are dropped; a leap second is the second before it.
     *
     * @throws DateTimeException where the text is no such time or lies outside of the years 0000 to 9999
     */
    static Instant parse(String text) {
        Matcher rare = RARE.matcher(text);
        return inRange(
                OffsetDateTime.parse(rare.matches() ? common(rare) : text).toInstant());
    }

    static String format(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(inRange(time));
    }

    private static String common(Matcher rare) {
        String second = rare.group(2).equals("60") ? "59" : rare.group(2);
        String fraction = rare.group(3) == null ? "" : rare.group(3);
        return rare.group(1) + second + fraction + rare.group(4);
    }

    private static Instant inRange(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("outside of the years 0000 to 9999");
        }
        return time;
    }
}
