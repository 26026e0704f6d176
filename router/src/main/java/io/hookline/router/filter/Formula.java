package io.hookline.router.filter;

import java.util.ArrayList;
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
        if (this instanceof All all) {
            return all.parts.stream().mapToLong(Formula::count).reduce(1, Formula::product);
        }
        if (this instanceof Any any) {
            return any.parts.stream()
                    .mapToLong(Formula::count)
                    .reduce(0, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
        }
        return 1;
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
            any.parts.forEach(part -> result.addAll(part.expand()));
            return result;
        }
        List<Long> product = new ArrayList<>(List.of(0L));
        for (Formula part : ((All) this).parts) {
            Set<Long> right = part.expand();
            List<Long> next = new ArrayList<>();
            product.forEach(left -> right.forEach(each -> next.add(left | each)));
            product = next;
        }
        result.addAll(product);
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
