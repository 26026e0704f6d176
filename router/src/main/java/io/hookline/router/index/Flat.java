package io.hookline.router.index;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.NumericRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A few ranges in the order of their lower bounds, and their values, side by side: looked through faster than a tree of them. Immutable. */
final class Flat<V> {
    private final List<NumericRange> ranges;
    private final Object[] values;
    private final double[] lowers;
    private final double[] uppers;

    private Flat(List<NumericRange> ranges, List<V> values) {
        this.ranges = ranges;
        this.values = values.toArray();
        this.lowers = ranges.stream().mapToDouble(Flat::lower).toArray();
        this.uppers = ranges.stream().mapToDouble(Flat::upper).toArray();
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
    @SuppressWarnings("unchecked")
    void find(Decimal number, double near, Consumer<? super V> action) {
        for (int i = 0; i < values.length && near >= lowers[i]; i++) {
            boolean sure = near > lowers[i] && near < uppers[i];
            if (sure || (near <= uppers[i] && ranges.get(i).contains(number))) {
                action.accept((V) values[i]);
            }
        }
    }
}
