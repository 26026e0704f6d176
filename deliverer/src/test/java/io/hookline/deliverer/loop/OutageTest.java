package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageTest {
    private final Outage outage = new Outage();
    private long nowMs = 1_000_000;

    private void end(int from, int to, boolean isSilent) {
        for (int i = from; i < to; i++) {
            outage.ended("s" + i, isSilent, nowMs);
        }
    }

    @Test
    void shouldBeginWhenMostOfManyEndpointsAreSilentAndEndWhenHalfAnswer() {
        end(0, Outage.ENDPOINTS_MIN - 1, true);
        assertThat(outage.is()).isFalse();

        assertThat(outage.ended("one more", true, nowMs)).isTrue();
        assertThat(outage.is()).isTrue();

        end(0, Outage.ENDPOINTS_MIN / 2 + 1, false);
        assertThat(outage.is()).isFalse();
    }

    @Test
    void shouldNotBeginWhereAThirdAnswersOrOneFailsOften() {
        end(0, 20, true);
        outage.ended("x", false, nowMs);
        Outage other = new Outage();
        for (int i = 0; i < 100; i++) {
            other.ended("s" + i, i % 3 != 0, nowMs);
        }
        assertThat(other.is()).isFalse();

        Outage single = new Outage();
        for (int i = 0; i < 1_000; i++) {
            single.ended("dead", true, nowMs);
        }
        assertThat(single.is()).isFalse();
        assertThat(single.tried()).isEqualTo(1);
    }

    @Test
    void shouldForgetWhatWasLongAgo() {
        end(0, 8, true);
        nowMs += Outage.HALF_WINDOW_MS;
        end(8, 9, true);
        assertThat(outage.tried()).isEqualTo(9);

        nowMs += Outage.HALF_WINDOW_MS;
        end(9, 11, true);
        assertThat(outage.tried()).isEqualTo(3);
        assertThat(outage.silent()).isEqualTo(3);

        nowMs += 10 * Outage.HALF_WINDOW_MS;
        outage.ended("s", false, nowMs);
        assertThat(outage.tried()).isEqualTo(1);
        assertThat(outage.silent()).isZero();
    }
}
