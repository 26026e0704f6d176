package io.hookline.router.filter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the conditions of a pattern hang together, before it is multiplied out. */
sealed interface Formula {
    /** The condition with this number. */
    record Leaf(int atom) implements Formula {}

    /** All of them. */
    record All(List<Formula> parts) implements Formula {}

    /** Any of them. */
    record Any(List<Formula> parts) implements Formula {}

    /**
     * The sets of conditions, as bits, that each satisfy this formula; at most {@code most} of them, counted before they are made.
     *
     * @throws TooManyException if there are more
     */
    default Set<Long> branches(int most) throws TooManyException {
        if (count() > most) {
            throw new TooManyException(count());
        }
        return expand();
    }

    /** How many branches there are at most; {@link Long#MAX_VALUE} stands for that many or more. */
    private long count() {
        long count = this instanceof Any ? 0 : 1;
        if (this instanceof All all) {
            for (Formula part : all.parts) {
                count = product(count, part.count());
            }
        } else if (this instanceof Any any) {
            for (Formula part : any.parts) {
                count = sum(count, part.count());
            }
        }
        return count;
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static long product(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    private Set<Long> expand() {
        if (this instanceof Leaf leaf) {
            return Set.of(1L << leaf.atom);
        }
        Set<Long> result = new LinkedHashSet<>();
        if (this instanceof Any any) {
            for (Formula part : any.parts) {
                result.addAll(part.expand());
            }
            return result;
        }
        result.add(0L);
        for (Formula part : ((All) this).parts) {
            Set<Long> right = part.expand();
            Set<Long> next = new LinkedHashSet<>();
            for (long left : result) {
                for (long each : right) {
                    next.add(left | each);
                }
            }
            result = next;
        }
        return result;
    }

    /** The formula has more branches than allowed. */
    final class TooManyException extends Exception {
        private static final long serialVersionUID = 1;

        final long branches;

        TooManyException(long branches) {
            super(branches + " branches");
            this.branches = branches;
        }
    }
}
