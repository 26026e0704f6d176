package io.hookline.ops.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and times as people write them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 7d}; {@code 2026-11-24T08:30:00Z}. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");
    private static final long[] UNIT_MS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private DurationText() {}

    /**
     * @throws IllegalArgumentException whose message says what is expected
     */
    public static Duration parse(String text) {
        String compact = text.strip();
        if (!WHOLE.matcher(compact).matches()) {
            throw new IllegalArgumentException("a duration is expected, such as 500ms, 30s, 5m, 1h30m or 7d");
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(compact);
        while (parts.find()) {
            sum = sum.plusMillis(Math.multiplyExact(Long.parseLong(parts.group(1)), unitMs(parts.group(2))));
        }
        return sum;
    }

    /** The shortest text that {@link #parse} reads as the same duration; whole milliseconds. */
    public static String format(Duration duration) {
        long rest = duration.toMillis();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            if (rest >= UNIT_MS[i]) {
                text.append(rest / UNIT_MS[i]).append(UNITS[i]);
                rest %= UNIT_MS[i];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /**
     * A point in time: how long ago, or an RFC 3339 time.
     *
     * @throws IllegalArgumentException whose message says what is expected
     */
    public static Instant time(String text, Instant now) {
        if (WHOLE.matcher(text.strip()).matches()) {
            return now.minus(parse(text));
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "a time is expected: how long ago, such as 30m or 2d, or an RFC 3339 time, such as 2026-11-24T08:30:00Z",
                    e);
        }
    }

    private static long unitMs(String unit) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return UNIT_MS[i];
            }
        }
        throw new IllegalArgumentException(unit);
    }
}
