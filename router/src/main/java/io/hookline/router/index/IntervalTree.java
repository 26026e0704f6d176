package io.hookline.router.index;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.NumericRange;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from ranges of numbers to values that finds all ranges that hold a number: a height-balanced tree in the order of the
 * lower bounds, each node knowing the highest and the lowest upper bound below it (Cormen et al., "Introduction to algorithms", interval
 * trees; balanced as in Adelson-Velsky and Landis). Finding k of n ranges takes O(log n + k) steps where they lie together, O(k log n) at
 * worst; a change copies O(log n) nodes.
 *
 * <p>Bounds are compared as doubles, which keep the order of the decimals, and as decimals only where the doubles are equal. Where all
 * ranges below a node hold the number, they are told without a look at each; and nodes of one height have theirs side by side in a
 * {@link Flat}.
 */
final class IntervalTree<V> {
    private static final int FLAT_HEIGHT = 5;

    private final NumericRange range;
    private final V value;
    private final @Nullable IntervalTree<V> left;
    private final @Nullable IntervalTree<V> right;
    private final int height;
    private final double lower;
    private final double upper;
    /** A range here or below that reaches as high as any. */
    private final NumericRange highest;
    /** A range here or below that reaches no higher than any. */
    private final NumericRange lowest;

    private final double highestUpper;
    private final double lowestUpper;
    private final @Nullable Flat<V> flat;

    private IntervalTree(@Nullable IntervalTree<V> left, NumericRange range, V value, @Nullable IntervalTree<V> right) {
        this.range = range;
        this.value = value;
        this.left = left;
        this.right = right;
        this.height = 1 + Math.max(height(left), height(right));
        this.lower = Flat.lower(range);
        this.upper = Flat.upper(range);
        this.highest = reaching(
                reaching(range, left == null ? range : left.highest, 1), right == null ? range : right.highest, 1);
        this.lowest = reaching(
                reaching(range, left == null ? range : left.lowest, -1), right == null ? range : right.lowest, -1);
        this.highestUpper = Flat.upper(highest);
        this.lowestUpper = Flat.upper(lowest);
        this.flat = height == FLAT_HEIGHT ? Flat.of(this) : null;
    }

    private static NumericRange reaching(NumericRange a, NumericRange b, int sign) {
        return compareUpper(a, b) * sign >= 0 ? a : b;
    }

    /** Adds the ranges and values in order; used while this is made, so it reads no more than these. */
    void collect(List<NumericRange> ranges, List<V> values) {
        if (left != null) {
            left.collect(ranges, values);
        }
        ranges.add(range);
        values.add(value);
        if (right != null) {
            right.collect(ranges, values);
        }
    }

    /** Tells the value of every range that holds {@code number}. */
    static <V> void find(@Nullable IntervalTree<V> tree, Decimal number, Consumer<? super V> action) {
        find(tree, number, number.toDouble(), false, action);
    }

    private static <V> void find(
            @Nullable IntervalTree<V> tree, Decimal number, double near, boolean allBegin, Consumer<? super V> action) {
        IntervalTree<V> node = tree;
        while (node != null && !isAbove(near, node.highestUpper, number, node.highest)) {
            if (allBegin && !isAbove(near, node.lowestUpper, number, node.lowest)) {
                tellAll(node, action);
                return;
            }
            if (node.flat != null) {
                node.flat.find(number, near, action);
                return;
            }
            boolean begins = allBegin || !(near < node.lower || (near == node.lower && node.range.isBelow(number)));
            find(node.left, number, near, begins, action);
            if (!begins) {
                return; // nor do those to the right
            }
            if (!isAbove(near, node.upper, number, node.range)) {
                action.accept(node.value);
            }
            node = node.right;
        }
    }

    private static boolean isAbove(double near, double upper, Decimal number, NumericRange range) {
        return near > upper || (near == upper && range.isAbove(number));
    }

    private static <V> void tellAll(@Nullable IntervalTree<V> tree, Consumer<? super V> action) {
        if (tree == null) {
            return;
        }
        if (tree.flat != null) {
            tree.flat.tellAll(action);
            return;
        }
        tellAll(tree.left, action);
        action.accept(tree.value);
        tellAll(tree.right, action);
    }

    static <V> @Nullable V get(@Nullable IntervalTree<V> tree, NumericRange range) {
        IntervalTree<V> node = tree;
        while (node != null) {
            int order = compare(range, node.range);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    static <V> IntervalTree<V> with(@Nullable IntervalTree<V> tree, NumericRange range, V value) {
        if (tree == null) {
            return new IntervalTree<>(null, range, value, null);
        }
        int order = compare(range, tree.range);
        if (order == 0) {
            return new IntervalTree<>(tree.left, range, value, tree.right);
        }
        return order < 0
                ? balance(with(tree.left, range, value), tree, tree.right)
                : balance(tree.left, tree, with(tree.right, range, value));
    }

    static <V> @Nullable IntervalTree<V> without(@Nullable IntervalTree<V> tree, NumericRange range) {
        if (tree == null) {
            return null;
        }
        int order = compare(range, tree.range);
        if (order < 0) {
            return balance(without(tree.left, range), tree, tree.right);
        }
        if (order > 0) {
            return balance(tree.left, tree, without(tree.right, range));
        }
        if (tree.left == null || tree.right == null) {
            return tree.left == null ? tree.right : tree.left;
        }
        IntervalTree<V> next = first(tree.right);
        return balance(tree.left, next, without(tree.right, next.range));
    }

    static <V> void forEach(@Nullable IntervalTree<V> tree, Consumer<? super V> action) {
        tellAll(tree, action);
    }

    static int height(@Nullable IntervalTree<?> tree) {
        return tree == null ? 0 : tree.height;
    }

    private static <V> IntervalTree<V> first(IntervalTree<V> tree) {
        IntervalTree<V> node = tree;
        while (node.left != null) {
            node = node.left;
        }
        return node;
    }

    /** The range and value of {@code middle} between two trees whose heights differ by at most 2. */
    private static <V> IntervalTree<V> balance(
            @Nullable IntervalTree<V> left, IntervalTree<V> middle, @Nullable IntervalTree<V> right) {
        if (left != null && left.height > height(right) + 1) {
            IntervalTree<V> inner = left.right;
            return inner != null && inner.height > height(left.left)
                    ? node(node(left.left, left, inner.left), inner, node(inner.right, middle, right))
                    : node(left.left, left, node(inner, middle, right));
        }
        if (right != null && right.height > height(left) + 1) {
            IntervalTree<V> inner = right.left;
            return inner != null && inner.height > height(right.right)
                    ? node(node(left, middle, inner.left), inner, node(inner.right, right, right.right))
                    : node(node(left, middle, inner), right, right.right);
        }
        return node(left, middle, right);
    }

    private static <V> IntervalTree<V> node(
            @Nullable IntervalTree<V> left, IntervalTree<V> middle, @Nullable IntervalTree<V> right) {
        return new IntervalTree<>(left, middle.range, middle.value, right);
    }

    private static int compare(NumericRange a, NumericRange b) {
        int order = compareLower(a, b);
        return order != 0 ? order : compareUpper(a, b);
    }

    private static int compareLower(NumericRange a, NumericRange b) {
        if (a.lower() == null || b.lower() == null) {
            return Boolean.compare(a.lower() != null, b.lower() != null);
        }
        int order = a.lower().compareTo(b.lower());
        return order != 0 ? order : Boolean.compare(b.lowerIncluded(), a.lowerIncluded());
    }

    private static int compareUpper(NumericRange a, NumericRange b) {
        if (a.upper() == null || b.upper() == null) {
            return Boolean.compare(a.upper() == null, b.upper() == null);
        }
        int order = a.upper().compareTo(b.upper());
        return order != 0 ? order : Boolean.compare(a.upperIncluded(), b.upperIncluded());
    }
}
