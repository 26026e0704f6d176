package io.hookline.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldFindPercentilesByNearestRank() {
        Latencies latencies = new Latencies();
        for (int ms = 100; ms >= 1; ms--) {
            latencies.add(ms * MS);
        }
        assertThat(latencies.percentileMs(50)).isEqualTo(50);
        assertThat(latencies.percentileMs(99)).isEqualTo(99);
        assertThat(latencies.percentileMs(99.9)).isEqualTo(100);
        assertThat(latencies.percentileMs(100)).isEqualTo(100);
        assertThat(latencies.percentileMs(0.1)).isEqualTo(1);
    }

    @Test
    void shouldKeepThoseOfSeveralRounds() {
        Latencies all = new Latencies();
        for (int round = 0; round < 3; round++) {
            Latencies one = new Latencies();
            for (int i = 0; i < 1_000; i++) {
                one.add(round * MS);
            }
            all.addAll(one);
        }
        assertThat(all.count()).isEqualTo(3_000);
        assertThat(all.percentileMs(50)).isEqualTo(1);
    }

    @Test
    void shouldRefuseAPercentileOfNothing() {
        Latencies latencies = new Latencies();
        assertThatThrownBy(() -> latencies.percentileMs(50)).isInstanceOf(IllegalArgumentException.class);
        latencies.add(MS);
        assertThatThrownBy(() -> latencies.percentileMs(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> latencies.percentileMs(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void shouldLeaveNoMoreAboveThanThePercentileAllows(
            @ForAll @Size(min = 1, max = 200) @LongRange(min = 0, max = 1_000_000) long[] nanos,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        Latencies latencies = new Latencies();
        Arrays.stream(nanos).forEach(latencies::add);
        double found = latencies.percentileMs(percent);
        long within = Arrays.stream(nanos).filter(each -> each / 1e6 <= found).count();
        long below = Arrays.stream(nanos).filter(each -> each / 1e6 < found).count();
        assertThat(within * 100).isGreaterThanOrEqualTo((long) nanos.length * percent);
        assertThat(below * 100).isLessThan((long) nanos.length * percent);
    }
}
