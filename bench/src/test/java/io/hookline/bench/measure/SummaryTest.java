package io.hookline.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void shouldTakeTheMiddleOne() {
        assertThat(Summary.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddle() {
        assertThat(Summary.of(4, 1, 100, 2).median()).isEqualTo(3);
    }

    @Test
    void shouldSayHowFarTheExtremesAreFromTheMedian() {
        assertThat(Summary.of(90, 100, 110).spread()).isCloseTo(0.1, within(1e-12));
        assertThat(Summary.of(7).spread()).isZero();
        assertThat(Summary.of(0, 0).spread()).isZero();
    }

    @Test
    void shouldRefuseNothing() {
        assertThatThrownBy(Summary::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void shouldHaveAsManyBelowAsAbove(
            @ForAll @Size(min = 1, max = 30) double[] numbers,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double more) {
        double[] bounded = Arrays.stream(numbers).map(x -> x % 1e6).toArray();
        bounded[0] = more;
        Summary summary = Summary.of(bounded);
        long below = Arrays.stream(bounded).filter(x -> x < summary.median()).count();
        long above = Arrays.stream(bounded).filter(x -> x > summary.median()).count();
        assertThat(below).isLessThanOrEqualTo(bounded.length / 2);
        assertThat(above).isLessThanOrEqualTo(bounded.length / 2);
        assertThat(summary.least()).isLessThanOrEqualTo(summary.median());
        assertThat(summary.most()).isGreaterThanOrEqualTo(summary.median());
    }
}
