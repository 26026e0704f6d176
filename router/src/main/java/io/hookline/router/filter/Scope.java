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

        Elements(int low, int high) {
            this.low = low;
            this.high = high;
        }

        boolean covers(int slot) {
            return slot >= low && slot < high;
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
