package io.hookline.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> turns = new ArrayList<>();

    @Test
    void shouldGiveEveryContestantATurnInEveryRoundAndBeginEachWithAnother() {
        Rounds.run(List.of(steady("a", 1), steady("b", 1), steady("c", 1)), 0, 3, ignored -> {});
        assertThat(turns).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
    }

    @Test
    void shouldThrowAwayWarmUps() {
        Rounds rounds = Rounds.run(List.of(measuring("a", 1, 1, 10, 20, 30)), 2, 3, ignored -> {});
        assertThat(rounds.of("a").stream().map(Measured::perSecond)).containsExactly(10.0, 20.0, 30.0);
        assertThat(rounds.summary("a", Measured::perSecond).median()).isEqualTo(20);
    }

    @Test
    void shouldCompareWithinEachRound() {
        // The machine is twice as fast from round to round: the ratio is 2 in each, whatever the medians say.
        Rounds rounds =
                Rounds.run(List.of(measuring("base", 10, 20, 40), measuring("ours", 20, 40, 80)), 0, 3, ignored -> {});
        Summary ratio = rounds.ratio("ours", "base");
        assertThat(ratio.median()).isEqualTo(2);
        assertThat(ratio.spread()).isZero();
    }

    @Test
    void shouldRefuseContestantsOfOneName() {
        assertThatThrownBy(() -> Rounds.run(List.of(steady("a", 1), steady("a", 1)), 0, 1, ignored -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different names");
    }

    @Test
    void shouldRefuseAContestantThatDidNotRun() {
        Rounds rounds = Rounds.run(List.of(steady("a", 1)), 0, 1, ignored -> {});
        assertThatThrownBy(() -> rounds.of("b")).hasMessageContaining("b").hasMessageContaining("[a]");
    }

    @Test
    void shouldTellCpuAndAllocationOfAUnit() {
        Measured measured = new Measured(1_000, 500_000_000, 250_000_000, 64_000);
        assertThat(measured.perSecond()).isEqualTo(2_000);
        assertThat(measured.cpuUsPerUnit()).isEqualTo(250);
        assertThat(measured.bytesPerUnit()).isEqualTo(64);
        Measured unknown = new Measured(1, 1, Measured.UNKNOWN, Measured.UNKNOWN);
        assertThat(unknown.cpuUsPerUnit()).isNaN();
        assertThat(unknown.bytesPerUnit()).isNaN();
    }

    @Test
    void shouldRefuseWhatTookNoTimeOrDidNothing() {
        assertThatThrownBy(() -> new Measured(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Measured(1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMeasureTheThreadThatWorks() {
        Meter meter = Meter.start();
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            made.add(new byte[10_000]);
        }
        Measured measured = meter.stop(made.size());
        assertThat(measured.bytesPerUnit()).isBetween(10_000.0, 20_000.0);
        assertThat(measured.cpuNs()).isPositive().isLessThanOrEqualTo(measured.wallNs() + 20_000_000);
    }

    @Test
    void shouldNotMoveWhatIsLate() {
        Pace pace = new Pace(1_000, 500);
        assertThat(pace.dueNs(0)).isEqualTo(1_000);
        assertThat(pace.dueNs(3)).isEqualTo(1_000 + 6_000_000);
        assertThat(pace.await(3)).isEqualTo(1_000 + 6_000_000);
    }

    private Contestant steady(String name, long perSecond) {
        return Contestant.of(name, () -> {
            turns.add(name);
            return new Measured(perSecond, 1_000_000_000, 0, 0);
        });
    }

    private Contestant measuring(String name, long... perSecond) {
        Deque<Long> results = new ArrayDeque<>();
        for (long each : perSecond) {
            results.add(each);
        }
        return Contestant.of(name, () -> new Measured(results.removeFirst(), 1_000_000_000, 0, 0));
    }
}
