package io.hookline.ops.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
    private long nowNs = 5_000;

    @Test
    void shouldBeDueByTheRateAndNotMakeUpForDelays() {
        Pacer pacer = new Pacer(100, () -> nowNs);

        assertThat(pacer.due(25) - nowNs).isEqualTo(250_000_000L);
        nowNs += 100_000_000L;
        assertThat(pacer.due(25) - nowNs).isEqualTo(400_000_000L);
        nowNs += 10_000_000_000L;
        assertThat(pacer.due(25) - nowNs).isEqualTo(250_000_000L);
    }

    @Test
    void shouldNotWaitWithoutALimit() {
        Pacer pacer = new Pacer(0, () -> nowNs);

        assertThat(pacer.due(1_000_000)).isEqualTo(nowNs);
        assertThat(pacer.batch()).isEqualTo(1_000);
    }

    @Test
    void shouldWriteInBatchesThatKeepTheRateWithinAQuarterOfASecond() {
        assertThat(new Pacer(1).batch()).isEqualTo(1);
        assertThat(new Pacer(400).batch()).isEqualTo(100);
        assertThat(new Pacer(1_000_000).batch()).isEqualTo(1_000);
    }
}
