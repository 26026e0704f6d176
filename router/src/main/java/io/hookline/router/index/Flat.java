package io.hookline.router.index;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.NumericRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A few ranges in the order of their lower bounds, and their values, side by side: looked through faster than a tree of them. And again in the
 * order of their upper bounds, from the highest: where a number is above all lower bounds, the ranges that hold it are the first of these, so that
 * a processor guesses wrong once and not at every second range. Immutable.
 */
final class Flat<V> {
    private final List<NumericRange> ranges;
    private final Object[] values;
    private final double[] lowers;
    private final double[] uppers;
    private final int[] fromHighest;
    private final double[] uppersFromHighest;
    private final Object[] valuesFromHighest;

    private Flat(List<NumericRange> ranges, List<V> values) {
        this.ranges = ranges;
        this.values = values.toArray();
        this.lowers = ranges.stream().mapToDouble(Flat::lower).toArray();
        this.uppers = ranges.stream().mapToDouble(Flat::upper).toArray();
        this.fromHighest = IntStream.range(0, uppers.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> uppers[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        this.valuesFromHighest =
                Arrays.stream(fromHighest).mapToObj(i -> this.values[i]).toArray();
        this.uppersFromHighest =
                Arrays.stream(fromHighest).mapToDouble(i -> uppers[i]).toArray();
    }

    /** Those of {@code tree}. */
    static <V> Flat<V> of(IntervalTree<V> tree) {
        List<NumericRange> ranges = new ArrayList<>();
        List<V> values = new ArrayList<>();
        tree.collect(ranges, values);
        return new Flat<>(ranges, values);
    }

    static double lower(NumericRange range) {
        return range.lower() == null ? Double.NEGATIVE_INFINITY : range.lower().toDouble();
    }

    static double upper(NumericRange range) {
        return range.upper() == null ? Double.POSITIVE_INFINITY : range.upper().toDouble();
    }

    @SuppressWarnings("unchecked")
    void tellAll(Consumer<? super V> action) {
        for (Object value : values) {
            action.accept((V) value);
        }
    }

    /** Tells the values of the ranges that hold {@code number}, of which {@code near} is the nearest double. */
    void find(Decimal number, double near, Consumer<? super V> action) {
        if (near > lowers[lowers.length - 1]) {
            findBegun(number, near, action);
        } else {
            findAny(number, near, action);
        }
    }

    /** As {@link #find}, for a number above all lower bounds. */
    @SuppressWarnings("unchecked")
    private void findBegun(Decimal number, double near, Consumer<? super V> action) {
        int i = 0;
        for (; i < fromHighest.length && near < uppersFromHighest[i]; i++) {
            action.accept((V) valuesFromHighest[i]);
        }
        for (; i < fromHighest.length && near == uppersFromHighest[i]; i++) {
            if (ranges.get(fromHighest[i]).contains(number)) {
                action.accept((V) valuesFromHighest[i]);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void findAny(Decimal number, double near, Consumer<? super V> action) {
        for (int i = 0; i < values.length && near >= lowers[i]; i++) {
            boolean sure = near > lowers[i] && near < uppers[i];
            if (sure || (near <= uppers[i] && ranges.get(i).contains(number))) {
                action.accept((V) values[i]);
            }
        }
    }
}
