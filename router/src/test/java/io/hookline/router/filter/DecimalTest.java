package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @Property(tries = 5_000)
    void shouldCompareAsBigDecimals(@ForAll("numbers") BigDecimal a, @ForAll("numbers") BigDecimal b) {
        int expected = a.compareTo(b);
        assertThat(Decimal.of(a).compareTo(Decimal.of(b))).isEqualTo(expected);
        assertThat(Decimal.parse(a.toString()).compareTo(Decimal.parse(b.toPlainString())))
                .isEqualTo(expected);
        assertThat(Decimal.of(a).equals(Decimal.parse(b.toString()))).isEqualTo(expected == 0);
    }

    @Property(tries = 2_000)
    void shouldBeOneNumberHoweverWritten(@ForAll("numbers") BigDecimal number) {
        Decimal expected = Decimal.of(number);
        for (String text : new String[] {
            number.toString(),
            number.toPlainString(),
            number.toEngineeringString(),
            number.setScale(number.scale() + 3).toString()
        }) {
            assertThat(Decimal.parse(text)).as(text).isEqualTo(expected).hasSameHashCodeAs(expected);
        }
        assertThat(expected.toBigDecimal().compareTo(number)).isZero();
        assertThat(new BigDecimal(expected.toString()).compareTo(number)).isZero();
    }

    @Property
    void shouldHoldEveryLong(@ForAll long a, @ForAll long b) {
        assertThat(Decimal.of(a).compareTo(Decimal.of(b))).isEqualTo(Long.compare(a, b));
        assertThat(Decimal.of(a).toBigDecimal().longValueExact()).isEqualTo(a);
        assertThat(Decimal.parse(Long.toString(a))).isEqualTo(Decimal.of(a));
    }

    @Property
    void shouldHoldEveryDoubleAsItPrints(@ForAll double value) {
        assertThat(Decimal.of(value).toBigDecimal().compareTo(new BigDecimal(Double.toString(value))))
                .isZero();
    }

    @Test
    void shouldOrderNumbersBeyondAnyExponentWithoutExpandingThem() {
        Decimal huge = Decimal.parse("1e999999999999999999999");
        Decimal tiny = Decimal.parse("1e-999999999999999999999");
        assertThat(huge).isGreaterThan(Decimal.parse("9e400")).isGreaterThan(Decimal.of(Long.MAX_VALUE));
        assertThat(tiny).isLessThan(Decimal.parse("1e-400")).isGreaterThan(Decimal.ZERO);
        assertThat(Decimal.parse("-1e999999999999999999999")).isLessThan(Decimal.parse("-9e400"));
        assertThat(Decimal.parse("123456789012345678901234567890e999999999999")).isGreaterThan(Decimal.parse("1e400"));
        assertThat(Decimal.parse("0e999999999999999999999")).isEqualTo(Decimal.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "e5", "1e", "1e+", "1x", "1..2", "1.2.3", "0x10", "NaN", "1e5x", "--1", "１"})
    void shouldRefuseWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigInteger> unscaled = Arbitraries.oneOf(
                Arbitraries.longs().map(BigInteger::valueOf),
                Arbitraries.integers().between(-1_000, 1_000).map(BigInteger::valueOf),
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
                Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 1_000_000_000_000_000_000L, 999_999_999_999_999_999L)
                        .map(BigInteger::valueOf));
        return Combinators.combine(unscaled, Arbitraries.integers().between(-25, 25))
                .as(BigDecimal::new);
    }
}
