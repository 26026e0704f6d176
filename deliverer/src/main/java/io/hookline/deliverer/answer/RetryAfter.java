package io.hookline.deliverer.answer;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header, RFC 9110 section 10.2.3: seconds, or an HTTP date. */
final class RetryAfter {
    /** A longer wish is cut to this. */
    static final Duration MAX = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Digits of the largest number of seconds that is computed with; more is more than {@link #MAX} in any case. */
    private static final int DIGITS_MAX = 9;

    private RetryAfter() {}

    /**
     * When the endpoint wants to be asked again, in milliseconds since 1970, never before now and at most {@link #MAX} ahead; empty where
     * the header is absent or neither seconds nor a date.
     */
    static OptionalLong parse(@Nullable String header, long nowMs) {
        if (header == null) {
            return OptionalLong.empty();
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            long seconds = text.length() > DIGITS_MAX ? MAX.toSeconds() : Long.parseLong(text);
            return OptionalLong.of(bounded(nowMs + seconds * 1000, nowMs));
        }
        return HttpDate.parse(text, nowMs)
                .map(date -> OptionalLong.of(bounded(date.toEpochMilli(), nowMs)))
                .orElseGet(OptionalLong::empty);
    }

    private static long bounded(long wantedMs, long nowMs) {
        return Math.max(nowMs, Math.min(wantedMs, nowMs + MAX.toMillis()));
    }
}
