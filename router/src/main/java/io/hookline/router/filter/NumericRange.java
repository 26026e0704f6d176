package io.hookline.router.filter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers between two bounds; a bound that is null is none.
 *
 * @param lower the lower bound
 * @param lowerIncluded whether the lower bound itself belongs
 * @param upper the upper bound
 * @param upperIncluded whether the upper bound itself belongs
 */
public record NumericRange(
        @Nullable Decimal lower,
        boolean lowerIncluded,
        @Nullable Decimal upper,
        boolean upperIncluded) implements Matcher {
    @Override
    public boolean test(Value value) {
        return value instanceof Decimal number && contains(number);
    }

    /** Whether {@code number} is within. */
    public boolean contains(Decimal number) {
        return !isBelow(number) && !isAbove(number);
    }

    /** Whether {@code number} is too small. */
    public boolean isBelow(Decimal number) {
        if (lower == null) {
            return false;
        }
        int order = number.compareTo(lower);
        return order < 0 || (order == 0 && !lowerIncluded);
    }

    /** Whether {@code number} is too large. */
    public boolean isAbove(Decimal number) {
        if (upper == null) {
            return false;
        }
        int order = number.compareTo(upper);
        return order > 0 || (order == 0 && !upperIncluded);
    }

    /** Exactly one number is within: {@link #single()}. */
    boolean isSingle() {
        return lower != null && lower.equals(upper) && lowerIncluded && upperIncluded;
    }

    Decimal single() {
        return Objects.requireNonNull(lower, "an unbounded range has no single number");
    }

    /** No number is within. */
    boolean isEmpty() {
        if (lower == null || upper == null) {
            return false;
        }
        int order = lower.compareTo(upper);
        return order > 0 || (order == 0 && !(lowerIncluded && upperIncluded));
    }

    @Override
    public String toString() {
        String low = lower == null ? "" : (lowerIncluded ? ">= " : "> ") + lower;
        String high = upper == null ? "" : (upperIncluded ? "<= " : "< ") + upper;
        return "a number " + low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
    }
}
