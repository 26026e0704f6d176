package io.hookline.router.filter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number, exactly: {@code unscaled * 10^exponent} with trailing zeros stripped, so that equal numbers are equal objects with equal
 * hash codes. Up to 18 digits live in a {@code long}; longer ones in a {@link BigDecimal}. No rounding ever happens, so two ids that a
 * {@code double} would collapse stay different.
 *
 * <p>An exponent beyond {@link #EXPONENT_MAX} is held at that bound: such a number still compares rightly with every number a pattern
 * may name, since patterns are held to far smaller exponents ({@link FilterLimits#numberExponentMax}).
 */
public final class Decimal implements Value, Comparable<Decimal> {
    static final int EXPONENT_MAX = 1_000_000_000;
    private static final int LONG_DIGITS = 18;
    private static final long[] POWERS = powers();
    private static final long DOUBLE_EXACT_MAX = 1L << 53;
    private static final double[] DOUBLE_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Zero. */
    public static final Decimal ZERO = new Decimal(0, 0, null);

    private final long unscaled;
    private final int exponent;
    private final @Nullable BigDecimal big;

    private Decimal(long unscaled, int exponent, @Nullable BigDecimal big) {
        this.unscaled = unscaled;
        this.exponent = exponent;
        this.big = big;
    }

    /** The number {@code value}. */
    public static Decimal of(long value) {
        return of(value, 0);
    }

    /** The number {@code value}. */
    public static Decimal of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.unscaledValue().bitLength() < Long.SIZE) {
            return of(stripped.unscaledValue().longValue(), -(long) stripped.scale());
        }
        return new Decimal(0, 0, stripped);
    }

    /**
     * The number that {@code double} prints as (its shortest decimal form), which is what a JSON rendering of it shows.
     *
     * @throws IllegalArgumentException for NaN and the infinities, which are no numbers
     */
    public static Decimal of(double value) {
        return parse(Double.toString(value));
    }

    /**
     * The number written in {@code text}, in JSON's number syntax.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Decimal parse(String text) {
        char[] chars = text.toCharArray();
        return parse(chars, 0, chars.length);
    }

    /** As {@link #parse(String)}, of {@code length} characters from {@code offset}. */
    static Decimal parse(char[] chars, int offset, int length) {
        int end = offset + length;
        int at = offset;
        boolean negative = at < end && chars[at] == '-';
        if (negative) {
            at++;
        }
        long unscaled = 0;
        int digits = 0;
        int seen = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = chars[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                seen++;
                fraction += point ? 1 : 0;
                digits += digits > 0 || c != '0' ? 1 : 0;
                if (digits <= LONG_DIGITS) {
                    unscaled = unscaled * 10 + (c - '0');
                }
            } else {
                break;
            }
        }
        long power = exponent(chars, at, end);
        if (seen == 0) {
            throw notANumber(chars, offset, length);
        }
        if (digits > LONG_DIGITS) {
            return parseBig(chars, offset, at - offset, power);
        }
        return of(negative ? -unscaled : unscaled, power - fraction);
    }

    /** The exponent written at {@code from}: {@code e}, an optional sign, digits; 0 if the number ends there. */
    private static long exponent(char[] chars, int from, int end) {
        if (from == end) {
            return 0;
        }
        int at = from + 1;
        boolean negative = at < end && chars[at] == '-';
        if (at < end && (chars[at] == '-' || chars[at] == '+')) {
            at++;
        }
        if ((chars[from] | 0x20) != 'e' || at == end) {
            throw notANumber(chars, 0, end);
        }
        long power = 0;
        for (; at < end; at++) {
            if (chars[at] < '0' || chars[at] > '9') {
                throw notANumber(chars, 0, end);
            }
            power = Math.min(power * 10 + (chars[at] - '0'), 10L * EXPONENT_MAX);
        }
        return negative ? -power : power;
    }

    private static Decimal parseBig(char[] chars, int offset, int length, long power) {
        BigDecimal mantissa = new BigDecimal(chars, offset, length).stripTrailingZeros();
        if (mantissa.unscaledValue().bitLength() < Long.SIZE) {
            return of(mantissa.unscaledValue().longValue(), power - mantissa.scale());
        }
        long scale = Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, mantissa.scale() - power));
        return new Decimal(0, 0, new BigDecimal(mantissa.unscaledValue(), (int) scale));
    }

    private static IllegalArgumentException notANumber(char[] chars, int offset, int length) {
        return new IllegalArgumentException("not a number: " + new String(chars, offset, Math.min(length, 64)));
    }

    /** The number {@code unscaled * 10^exponent}. */
    static Decimal of(long unscaled, long exponent) {
        if (unscaled == 0) {
            return ZERO;
        }
        long digits = unscaled;
        long power = exponent;
        while (digits % 10 == 0) {
            digits /= 10;
            power++;
        }
        return new Decimal(digits, (int) Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, power)), null);
    }

    /** This number as a {@link BigDecimal}. */
    public BigDecimal toBigDecimal() {
        return big != null ? big : BigDecimal.valueOf(unscaled, -exponent);
    }

    /** Whether it is {@code unscaled() * 10^exponent()}; otherwise it has too many digits for a {@code long}. */
    public boolean isCompact() {
        return big == null;
    }

    /** Its digits, trailing zeros stripped; 0 if it {@linkplain #isCompact() is not compact}. */
    public long unscaled() {
        return unscaled;
    }

    /** The power of ten that the digits count in. */
    public int exponent() {
        return exponent;
    }

    /** The nearest {@code double}; of two numbers in order, the doubles are in order or equal. */
    public double toDouble() {
        if (big == null && Math.abs(unscaled) <= DOUBLE_EXACT_MAX && Math.abs(exponent) < DOUBLE_POWERS.length) {
            // Both are exact, so that one operation rounds once.
            double power = DOUBLE_POWERS[Math.abs(exponent)];
            return exponent < 0 ? unscaled / power : unscaled * power;
        }
        return toBigDecimal().doubleValue();
    }

    /** How many digits it has, trailing zeros not counted. */
    int precision() {
        return big != null ? big.precision() : digits(unscaled);
    }

    /** The power of ten above its first digit: 0.0x is -1, x is 1, xx is 2. */
    long magnitude() {
        return big != null ? (long) big.precision() - big.scale() : (long) digits(unscaled) + exponent;
    }

    @Override
    public int compareTo(Decimal other) {
        if (big != null || other.big != null) {
            return toBigDecimal().compareTo(other.toBigDecimal());
        }
        if (exponent == other.exponent) {
            return Long.compare(unscaled, other.unscaled);
        }
        int sign = Long.signum(unscaled);
        int otherSign = Long.signum(other.unscaled);
        if (sign != otherSign || sign == 0) {
            return Integer.compare(sign, otherSign);
        }
        int size = Integer.compare(digits(unscaled) + exponent, digits(other.unscaled) + other.exponent);
        if (size != 0) {
            return sign * size;
        }
        return exponent > other.exponent ? compareScaled(this, other) : -compareScaled(other, this);
    }

    /** Compares two numbers whose leading digits stand at the same place; {@code shorter} has the higher exponent. */
    private static int compareScaled(Decimal shorter, Decimal longer) {
        long power = POWERS[shorter.exponent - longer.exponent];
        long high = Math.multiplyHigh(shorter.unscaled, power);
        long low = shorter.unscaled * power;
        boolean fits = high == low >> (Long.SIZE - 1);
        return fits ? Long.compare(low, longer.unscaled) : Long.signum(shorter.unscaled);
    }

    private static int digits(long value) {
        if (value == Long.MIN_VALUE) {
            return POWERS.length;
        }
        long magnitude = Math.abs(value);
        int digits = 1;
        while (digits < POWERS.length && magnitude >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decimal d
                && unscaled == d.unscaled
                && exponent == d.exponent
                && (big == null ? d.big == null : big.equals(d.big));
    }

    @Override
    public int hashCode() {
        return big != null ? big.hashCode() : Long.hashCode(unscaled * 31 + exponent) * 0x9E3779B9;
    }

    @Override
    public String toString() {
        BigDecimal value = toBigDecimal();
        boolean plain = Math.abs((long) value.scale()) <= 32;
        return plain ? value.toPlainString() : value.toString();
    }
}
