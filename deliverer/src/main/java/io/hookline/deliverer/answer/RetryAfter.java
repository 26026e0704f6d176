package io.hookline.deliverer.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header, RFC 9110 section 10.2.3: seconds, or an HTTP date. */
final class RetryAfter {
    /** A longer wish is cut to this. */
    static final Duration MAX = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

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
            return OptionalLong.of(bounded(nowMs + Long.parseLong(text) * 1000, nowMs));
        }
        Instant date = DateUtils.parseStandardDate(text);
        return date == null ? OptionalLong.empty() : OptionalLong.of(bounded(date.toEpochMilli(), nowMs));
    }

    private static long bounded(long wantedMs, long nowMs) {
        return Math.max(nowMs, Math.min(wantedMs, nowMs + MAX.toMillis()));
    }
}
