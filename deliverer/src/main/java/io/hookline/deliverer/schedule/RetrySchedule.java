package io.hookline.deliverer.schedule;

import io.hookline.schemas.PlainText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to wait after each failed attempt, as people write it: {@code 5s 5m 30m 2h jitter 20%} makes up to five attempts, the second
 * one 4 to 6 seconds after the first failed.
 *
 * @param delays one wait an attempt, 1 to {@value #DELAYS_MAX}, each whole milliseconds, over zero and at most {@value #DELAY_DAYS_MAX} days
 * @param jitter share of each wait by which it may be shorter or longer, a whole percentage from 0 to 0.5
 */
public record RetrySchedule(List<Duration> delays, double jitter) {
    public static final int DELAYS_MAX = 50;
    public static final int DELAY_DAYS_MAX = 2;
    public static final int JITTER_PERCENT_MAX = 50;

    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");
    private static final Duration DELAY_MAX = Duration.ofDays(DELAY_DAYS_MAX);
    private static final int SHOWN_MAX = 100;

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.size() > DELAYS_MAX) {
            throw new IllegalArgumentException(
                    "A retry schedule has 1 to " + DELAYS_MAX + " waits, this one has " + delays.size() + ".");
        }
        for (Duration delay : delays) {
            if (delay.isNegative() || delay.isZero() || delay.compareTo(DELAY_MAX) > 0) {
                throw new IllegalArgumentException("The wait " + text(delay)
                        + " is not usable in a retry schedule: over 0 and at most " + DELAY_DAYS_MAX + " days are.");
            }
            if (!delay.truncatedTo(ChronoUnit.MILLIS).equals(delay)) {
                throw new IllegalArgumentException(
                        "The wait " + delay + " is not usable in a retry schedule: whole milliseconds are.");
            }
        }
        if (!(jitter >= 0 && jitter <= JITTER_PERCENT_MAX / 100.0) || Math.rint(jitter * 100) / 100 != jitter) {
            throw new IllegalArgumentException("Jitter of " + jitter * 100
                    + "% is not usable in a retry schedule: 0% to " + JITTER_PERCENT_MAX + "% in whole percent are.");
        }
    }

    /**
     * Reads {@code 5s 5m 30m jitter 20%}: waits in {@code ms s m h d} between spaces, then perhaps the jitter.
     *
     * @throws IllegalArgumentException naming the part that is wrong and what is expected
     */
    public static RetrySchedule parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        List<Duration> delays = new ArrayList<>();
        double jitter = 0;
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("jitter")) {
                jitter = percent(text, words, i + 1);
                break;
            }
            delays.add(duration(text, words[i]));
        }
        return new RetrySchedule(delays, jitter);
    }

    /** Attempts this schedule makes at most, the first included. */
    public int attemptsMax() {
        return delays.size() + 1;
    }

    /** The longest a delivery may wait between two attempts, jitter included. */
    public Duration longestDelay() {
        Duration longest = delays.stream().max(Duration::compareTo).orElseThrow();
        return Duration.ofMillis(Math.round(longest.toMillis() * (1 + jitter)));
    }

    /**
     * When to try again, in milliseconds since 1970, or empty when the attempts are used up.
     *
     * <p>The wait is drawn from the jittered range as {@link FewHops#draw} says, so that it costs a write or two on its way and not ten.
     *
     * @param attempts attempts made so far, at least 1
     * @param nowMs when the last one failed
     */
    public OptionalLong next(int attempts, long nowMs, RandomGenerator random) {
        if (attempts > delays.size()) {
            return OptionalLong.empty();
        }
        long delayMs = delays.get(attempts - 1).toMillis();
        long spreadMs = Math.round(delayMs * jitter);
        return OptionalLong.of(nowMs + FewHops.draw(delayMs - spreadMs, delayMs + spreadMs, random));
    }

    /** The same text that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        delays.forEach(delay -> text.append(text.isEmpty() ? "" : " ").append(text(delay)));
        if (jitter > 0) {
            text.append(" jitter ").append(Math.round(jitter * 100)).append('%');
        }
        return text.toString();
    }

    private static Duration duration(String text, String word) {
        Matcher matcher = PART.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + shown(word) + "' in retry schedule '" + shown(text)
                    + "' is not a wait: write a number and ms, s, m, h or d, such as 30s.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static double percent(String text, String[] words, int at) {
        Matcher matcher = at == words.length - 1 ? PERCENT.matcher(words[at]) : PERCENT.matcher("");
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Retry schedule '" + shown(text)
                    + "' ends in a jitter that is not usable: write 'jitter 20%' at its end.");
        }
        return Integer.parseInt(matcher.group(1)) / 100.0;
    }

    private static String shown(String text) {
        return PlainText.oneLine(text.strip(), SHOWN_MAX);
    }

    private static String text(Duration delay) {
        if (delay.abs().compareTo(DELAY_MAX.multipliedBy(1_000)) > 0) {
            return delay.toString();
        }
        long ms = delay.toMillis();
        if (ms % 86_400_000 == 0) {
            return ms / 86_400_000 + "d";
        } else if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        } else if (ms % 60_000 == 0) {
            return ms / 60_000 + "m";
        } else if (ms % 1_000 == 0) {
            return ms / 1_000 + "s";
        }
        return ms + "ms";
    }
}
