package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightWindowTest {
    private static final int MOST = 64;

    private final InFlightWindow window = new InFlightWindow(InFlightWindow.INITIAL);

    @Test
    void shouldDoubleARoundUpToWhatTheSubscriptionAllows() {
        int size = window.size(MOST);
        while (size < MOST) {
            for (int i = 0; i < size; i++) {
                window.answered(MOST);
            }
            assertThat(window.size(MOST)).isEqualTo(Math.min(MOST, 2 * size));
            size = window.size(MOST);
        }
        window.answered(MOST);
        assertThat(window.size(MOST)).isEqualTo(MOST);
    }

    @Test
    void shouldHalveOnceARoundDownToOne() {
        for (int i = 0; i < InFlightWindow.INITIAL; i++) {
            window.overloaded(0, 100);
        }
        assertThat(window.size(MOST)).isEqualTo(InFlightWindow.INITIAL / 2);

        for (long round = 1; round < 10; round++) {
            window.overloaded(round * 100, round * 100 + 50);
        }
        assertThat(window.size(MOST)).isEqualTo(1);
    }

    @Test
    void shouldNeverExceedASmallAllowance() {
        assertThat(window.size(2)).isEqualTo(2);
        window.answered(2);
        assertThat(window.size(2)).isEqualTo(2);
    }

    @Test
    void shouldFollowAnAllowanceThatIsLowered() {
        for (int i = 0; i < 200; i++) {
            window.answered(200);
        }

        window.answered(3);

        assertThat(window.size(3)).isEqualTo(3);
        assertThat(window.size(200)).isEqualTo(InFlightWindow.INITIAL);
    }
}
