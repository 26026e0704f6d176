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
        AT_MOST("<="),
        /** None: it is what others are compared with. */
        BASELINE("");

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

    /** What others are compared with. */
    public static Target baseline(String key, String unit) {
        return new Target(key, Kind.BASELINE, 0, unit);
    }

    public boolean isReached(double figure) {
        return switch (kind) {
            case AT_LEAST -> figure >= bound;
            case AT_MOST -> figure <= bound;
            case BASELINE -> true;
        };
    }

    @Override
    public String toString() {
        if (kind == Kind.BASELINE) {
            return "baseline" + (unit.isEmpty() ? "" : ", " + unit);
        }
        return kind.sign + " " + BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString()
                + (unit.isEmpty() ? "" : " " + unit);
    }
}
