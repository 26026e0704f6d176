package io.hookline.deliverer.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three forms of a date in HTTP, RFC 9110 section 5.6.7. What day of the week it was said to be does not matter; a leap second is the
 * second before it.
 */
final class HttpDate {
    private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} and {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    private static final Pattern DAY_FIRST =
            Pattern.compile("[A-Z][a-z]{2,8}, (\\d\\d)[ -]" + MONTH + "[ -](\\d{4}|\\d\\d) " + TIME + " GMT");

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static final Pattern ASCTIME =
            Pattern.compile("[A-Z][a-z]{2} " + MONTH + " ([ \\d]\\d) " + TIME + " (\\d{4})");

    private static final int YEARS_AHEAD_MAX = 50;

    private HttpDate() {}

    /** @param nowMs tells which century two digits of a year mean, milliseconds since 1970 */
    static Optional<Instant> parse(String text, long nowMs) {
        Matcher date = DAY_FIRST.matcher(text);
        if (date.matches()) {
            return instant(year(date.group(3), nowMs), date.group(2), date.group(1), date.group(4), date, 5);
        }
        date = ASCTIME.matcher(text);
        return date.matches()
                ? instant(Integer.parseInt(date.group(6)), date.group(1), date.group(2), date.group(3), date, 4)
                : Optional.empty();
    }

    private static Optional<Instant> instant(
            int year, String month, String day, String hour, Matcher date, int minuteGroup) {
        try {
            return Optional.of(LocalDateTime.of(
                            year,
                            MONTHS.indexOf(month) + 1,
                            Integer.parseInt(day.strip()),
                            Integer.parseInt(hour),
                            Integer.parseInt(date.group(minuteGroup)),
                            second(date.group(minuteGroup + 1)))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int second(String text) {
        int second = Integer.parseInt(text);
        return second == 60 ? 59 : second;
    }

    private static int year(String text, long nowMs) {
        int year = Integer.parseInt(text);
        if (text.length() == 4) {
            return year;
        }
        int now = Instant.ofEpochMilli(nowMs).atOffset(ZoneOffset.UTC).getYear();
        int sameCentury = now - now % 100 + year;
        return sameCentury > now + YEARS_AHEAD_MAX ? sameCentury - 100 : sameCentury;
    }
}
