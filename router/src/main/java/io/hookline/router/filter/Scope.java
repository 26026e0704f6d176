package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read of an event, or of one element of an array in it. Scalars that stand here without a choice of an array element are in
 * {@code slots}: none (null), one {@link Value}, or a {@code List<Value>} (the scalars of an array). Elements that are objects or arrays
 * are scopes of their own, under the array that holds them: conditions must agree on the element they look into (array consistency).
 */
final class Scope {
    private final int low;
    private final @Nullable Object[] slots;
    private @Nullable Elements arrays;
    private @Nullable Evaluation asker;
    private long known;
    private long passed;

    Scope(int low, int high) {
        this.low = low;
        this.slots = new Object[high - low];
    }

    /** The elements of one array that are objects or arrays. It covers the paths {@code low} to {@code high} of the plan. */
    static final class Elements {
        final int low;
        final int high;
        final List<Scope> scopes = new ArrayList<>();

        @Nullable
        Elements next;

        private @Nullable Evaluation asker;
        private long inside;

        Elements(int low, int high) {
            this.low = low;
            this.high = high;
        }

        boolean covers(int slot) {
            return slot >= low && slot < high;
        }

        /** The conditions of {@code by} that look into this array. */
        long inside(Evaluation by) {
            if (asker != by) {
                asker = by;
                inside = by.between(low, high);
            }
            return inside;
        }
    }

    @Nullable
    Elements arrays() {
        return arrays;
    }

    /** Sets the one scalar at {@code slot}. */
    void set(int slot, Value value) {
        slots[slot - low] = value;
    }

    /** Adds a scalar of an array to {@code slot}. */
    @SuppressWarnings("unchecked")
    void add(int slot, Value value) {
        Object there = slots[slot - low];
        if (there == null) {
            slots[slot - low] = value;
        } else if (there instanceof Value one) {
            List<Value> both = new ArrayList<>();
            both.add(one);
            both.add(value);
            slots[slot - low] = both;
        } else {
            ((List<Value>) there).add(value);
        }
    }

    /** Forgets what was read below {@code node}: a field named twice in an object counts with its last value. */
    void clear(FieldPlan.Node node) {
        Arrays.fill(slots, node.low() - low, node.high() - low, null);
        Elements kept = null;
        for (Elements each = arrays; each != null; ) {
            Elements next = each.next;
            if (each.low < node.low() || each.high > node.high()) {
                each.next = kept;
                kept = each;
            }
            each = next;
        }
        arrays = kept;
    }

    void add(Elements elements) {
        elements.next = arrays;
        arrays = elements;
    }

    /** Nothing was read into this scope. */
    boolean isEmpty() {
        if (arrays != null) {
            return false;
        }
        for (Object slot : slots) {
            if (slot != null) {
                return false;
            }
        }
        return true;
    }

    /** A scalar stands directly here, at {@code slot}, for which {@code test} holds. */
    boolean any(int slot, Predicate<Value> test) {
        Object there = slots[slot - low];
        if (there instanceof Value one) {
            return test.test(one);
        }
        if (there instanceof List<?> many) {
            for (Object each : many) {
                if (test.test((Value) each)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Which of {@code conditions} a scalar that stands directly here passes; found out once for each, until another evaluation asks. */
    long passed(Evaluation by, long conditions) {
        if (asker != by) {
            asker = by;
            known = 0;
            passed = 0;
        }
        for (long rest = conditions & ~known; rest != 0; rest &= rest - 1) {
            int number = Long.numberOfTrailingZeros(rest);
            passed |= any(by.slot(number), by.test(number)) ? 1L << number : 0;
        }
        known |= conditions;
        return passed & conditions;
    }

    /** As {@link #any}, and also in any element of any array below. */
    boolean anywhere(int slot, Predicate<Value> test) {
        if (any(slot, test)) {
            return true;
        }
        for (Elements each = arrays; each != null; each = each.next) {
            if (each.covers(slot)) {
                for (Scope scope : each.scopes) {
                    if (scope.anywhere(slot, test)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
