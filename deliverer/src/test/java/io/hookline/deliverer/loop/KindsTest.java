package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.deliverer.loop.Source.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final int ROUNDS = 16 * 100;

    private final Kinds kinds = new Kinds();

    @Test
    void shouldGiveEachKindItsShareWhereAllWait() {
        assertThat(shares(Kind.LIVE, Kind.RETRY, Kind.CATCH_UP, Kind.REPLAY))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Kind.LIVE, 1_000, Kind.RETRY, 300, Kind.CATCH_UP, 200, Kind.REPLAY, 100));
    }

    @Test
    void shouldGiveTurnsThatNobodyNeedsToTheFirstOfThoseThatWait() {
        assertThat(shares(Kind.LIVE, Kind.REPLAY))
                .containsEntry(Kind.LIVE, 1_500)
                .containsEntry(Kind.REPLAY, 100);
        assertThat(shares(Kind.CATCH_UP, Kind.REPLAY)).containsEntry(Kind.CATCH_UP, 1_500);
        assertThat(shares(Kind.REPLAY)).containsEntry(Kind.REPLAY, ROUNDS);
    }

    @Test
    void shouldNotLetAKindWaitForLong() {
        int gap = 0;
        int longest = 0;
        for (int i = 0; i < ROUNDS; i++) {
            gap = kinds.next(Kind.LIVE.bit() | Kind.RETRY.bit()) == Kind.RETRY ? 0 : gap + 1;
            longest = Math.max(longest, gap);
        }
        assertThat(longest).isLessThanOrEqualTo(5);
    }

    @Test
    void shouldRefuseToChooseFromNothing() {
        assertThatThrownBy(() -> kinds.next(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Map<Kind, Integer> shares(Kind... waiting) {
        int bits = 0;
        for (Kind kind : waiting) {
            bits |= kind.bit();
        }
        Map<Kind, Integer> shares = new EnumMap<>(Kind.class);
        for (int i = 0; i < ROUNDS; i++) {
            shares.merge(kinds.next(bits), 1, Integer::sum);
        }
        return shares;
    }
}
