package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverflowTest {
    private static final int BRISK = 1_000;

    private final Overflow overflow = new Overflow();

    @Test
    void shouldWaitForABusyOneHoweverOftenItIsFull() {
        for (long now = 0; now < 60_000; now++) {
            overflow.landed(now);
            overflow.landed(now);
            overflow.foundFull(50, BRISK, now);
            assertThat(overflow.is()).isFalse();
        }
    }

    @Test
    void shouldBeginWhenItTakesTooLittleForAsLongAsOthersCanWait() {
        for (long now = 0; now < Overflow.PATIENCE_MS; now += 100) {
            overflow.landed(now);
            overflow.foundFull(50, BRISK, now);
            assertThat(overflow.is()).as("after %d ms", now).isFalse();
        }

        overflow.foundFull(50, BRISK, Overflow.PATIENCE_MS);

        assertThat(overflow.is()).isTrue();
        assertThat(overflow.limit()).isEqualTo(50);
    }

    @Test
    void shouldBeginAtOnceWhereNothingMoved() {
        overflow.moves(0);

        overflow.foundFull(8, BRISK, Overflow.PATIENCE_MS);

        assertThat(overflow.is()).isTrue();
    }

    @Test
    void shouldNotCountFromAFullQueueOfLongAgo() {
        overflow.landed(0);
        overflow.foundFull(50, BRISK, 0);
        overflow.landed(59_900);

        overflow.foundFull(50, BRISK, 60_000);

        assertThat(overflow.is()).isFalse();
    }

    @Test
    void shouldEndWhenHalfIsGone() {
        overflow.moves(0);
        overflow.foundFull(10, BRISK, Overflow.PATIENCE_MS);

        overflow.taken(5);
        assertThat(overflow.is()).isTrue();
        overflow.taken(4);
        assertThat(overflow.is()).isFalse();
    }

    @Test
    void shouldEndWithTheLastOne() {
        overflow.moves(0);
        overflow.foundFull(1, BRISK, Overflow.PATIENCE_MS);

        overflow.taken(0);

        assertThat(overflow.is()).isFalse();
    }
}
