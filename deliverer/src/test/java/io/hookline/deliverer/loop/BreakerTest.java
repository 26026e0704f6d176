package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.BreakerPolicy;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final BreakerPolicy POLICY = new BreakerPolicy(true, 0.5, 10);

    private final Breaker breaker = new Breaker();
    private long nanos = 1_000;
    private long ms = 100_000;

    private boolean fail() {
        nanos += 2;
        return breaker.failed(Reason.SERVER_ERROR, POLICY, nanos - 1, nanos, ms);
    }

    private boolean succeed() {
        return breaker.succeeded(nanos++, ms);
    }

    private void open() {
        for (int i = 1; i < 10; i++) {
            assertThat(fail()).isFalse();
        }
        assertThat(fail()).isTrue();
    }

    @Test
    void shouldOpenWhenEnoughOfEnoughFailed() {
        open();

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.openMs()).isEqualTo(Breaker.OPEN_MS);
        assertThat(breaker.reason()).isEqualTo(Reason.SERVER_ERROR);
    }

    @Test
    void shouldStayClosedWhileMostSucceed() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(succeed()).isFalse();
            assertThat(succeed()).isFalse();
            assertThat(fail()).isFalse();
            ms += 50;
        }
    }

    @Test
    void shouldForgetFailuresOfLongAgo() {
        for (int i = 0; i < 100; i++) {
            assertThat(fail()).isFalse();
            ms += 5_000;
        }
    }

    @Test
    void shouldNotForgetThemTooSoon() {
        for (int i = 0; i < 9; i++) {
            assertThat(fail()).isFalse();
            ms += 1_500;
        }
        assertThat(fail()).isTrue();
    }

    @Test
    void shouldTryAfterAWhileAndWaitLongerEachTimeUpToAMinute() {
        open();
        long[] expected = {10_000, 20_000, 40_000, 60_000, 60_000};
        for (long openMs : expected) {
            breaker.halfOpen(nanos++);
            assertThat(breaker.isHalfOpen()).isTrue();
            assertThat(fail()).isTrue();
            assertThat(breaker.openMs()).isEqualTo(openMs);
        }

        breaker.halfOpen(nanos++);
        assertThat(succeed()).isTrue();
        assertThat(breaker.isOpen() || breaker.isHalfOpen()).isFalse();
        open();
        assertThat(breaker.openMs()).isEqualTo(Breaker.OPEN_MS);
    }

    @Test
    void shouldNotTakeForAProbeWhatBeganBefore() {
        long before = nanos++;
        open();
        assertThat(breaker.succeeded(before, ms)).isFalse();
        breaker.halfOpen(nanos++);

        assertThat(breaker.succeeded(before, ms)).isFalse();
        assertThat(breaker.failed(Reason.TIMEOUT, POLICY, before, nanos++, ms)).isFalse();

        assertThat(breaker.isHalfOpen()).isTrue();
    }

    @Test
    void shouldNeverOpenWhereItIsOff() {
        BreakerPolicy off = new BreakerPolicy(false, 0.5, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(breaker.failed(Reason.TIMEOUT, off, i, i + 1, ms)).isFalse();
        }
    }
}
