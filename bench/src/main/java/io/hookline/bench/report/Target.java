package io.hookline.bench.report;

import java.math.BigDecimal;

/**
 * A figure that a benchmark answers for, and what it must reach.
 *
 * @param key name in the JSON line
 * @param kind which side of {@code bound} is good
 * @param bound what must be reached
 * @param unit of the figure, for people; empty for a ratio
 */
public record Target(String key, Kind kind, double bound, String unit) {
    /** Which side is good. */
    public enum Kind {
        AT_LEAST(">="),
        AT_MOST("<=");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    public static Target atLeast(String key, double bound, String unit) {
        return new Target(key, Kind.AT_LEAST, bound, unit);
    }

    public static Target atMost(String key, double bound, String unit) {
        return new Target(key, Kind.AT_MOST, bound, unit);
    }

    public boolean isReached(double figure) {
        return kind == Kind.AT_LEAST ? figure >= bound : figure <= bound;
    }

    @Override
    public String toString() {
        return kind.sign + " " + BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString()
                + (unit.isEmpty() ? "" : " " + unit);
    }
}
