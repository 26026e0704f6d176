package io.hookline.router.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.NumericRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IntervalTreeTest {
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void shouldFindEveryRangeThatHoldsANumber(@ForAll Random random) {
        Map<NumericRange, Integer> model = new HashMap<>();
        IntervalTree<Integer> tree = null;
        int span = 1 + random.nextInt(60);
        for (int i = 0; i < 200; i++) {
            NumericRange range = range(random, span);
            if (random.nextInt(3) > 0) {
                model.put(range, i);
                tree = IntervalTree.with(tree, range, i);
            } else {
                model.remove(range);
                tree = IntervalTree.without(tree, range);
            }
            assertThat(IntervalTree.get(tree, range)).isEqualTo(model.get(range));
        }
        assertThat(IntervalTree.height(tree))
                .isLessThanOrEqualTo((int) (1.45 * Math.log(model.size() + 2) / Math.log(2)) + 1);
        List<Integer> all = new ArrayList<>();
        IntervalTree.forEach(tree, all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
        for (int i = -2; i <= 2 * span + 2; i++) {
            Decimal number = Decimal.parse(i / 2 + (i % 2 == 0 ? "" : ".5"));
            List<Integer> found = new ArrayList<>();
            IntervalTree.find(tree, number, found::add);
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(model.entrySet().stream()
                            .filter(entry -> entry.getKey().contains(number))
                            .map(Map.Entry::getValue)
                            .toList());
        }
    }

    @Test
    void shouldStayFlatWhenRangesComeInOrder() {
        IntervalTree<Integer> tree = null;
        for (int i = 0; i < 10_000; i++) {
            tree = IntervalTree.with(tree, new NumericRange(Decimal.of(i), true, Decimal.of(i + 1), false), i);
        }
        assertThat(IntervalTree.height(tree)).isLessThan(20);
        List<Integer> found = new ArrayList<>();
        IntervalTree.find(tree, Decimal.parse("5000.5"), found::add);
        assertThat(found).containsExactly(5_000);
    }

    static NumericRange range(Random random, int span) {
        int a = random.nextInt(span);
        int b = random.nextInt(span);
        Decimal low = random.nextInt(5) == 0 ? null : Decimal.of(Math.min(a, b));
        Decimal high = random.nextInt(5) == 0 && low != null ? null : Decimal.of(Math.max(a, b));
        return new NumericRange(low, low != null && random.nextBoolean(), high, high != null && random.nextBoolean());
    }
}
