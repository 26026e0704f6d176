package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled pattern. A pattern is a set of conditions (at most 64) and the combinations of them that satisfy it, each a set of bits:
 * {@code $or} is multiplied out when the pattern is compiled, within {@link FilterLimits#orCombinationsMax}.
 *
 * <p>An event matches a combination if for each array of objects in the payload one element can be chosen such that every condition
 * finds a scalar that passes, directly or in a chosen element, and every field that must be absent is absent there
 * (array consistency). The elements form a tree, so the choices in different arrays are independent, and evaluation is linear in the
 * scalars and elements read, times the number of combinations.
 *
 * <p>Immutable; any thread.
 */
public final class Filter {
    private static final FilterParser PARSER = new FilterParser();

    private final Atom[] atoms;
    private final Branch[] branches;
    private volatile @Nullable Bound bound;

    /** The conditions of one combination, as bits: those that need a value, and those that need none. */
    record Branch(long present, long absent) {}

    /** Where the conditions' paths are in one plan. Kept, as one plan serves many events. */
    private record Bound(FieldPlan plan, Slots slots) {}

    private Filter(Atom[] atoms, Branch[] branches) {
        this.atoms = atoms;
        this.branches = branches;
    }

    static Filter of(List<Atom> atoms, Collection<Long> branches) {
        long absent = 0;
        for (int i = 0; i < atoms.size(); i++) {
            absent |= atoms.get(i).absent() ? 1L << i : 0;
        }
        Branch[] split = new Branch[branches.size()];
        int next = 0;
        for (long bits : branches) {
            split[next++] = new Branch(bits & ~absent, bits & absent);
        }
        return new Filter(atoms.toArray(Atom[]::new), split);
    }

    /**
     * Compiles {@code json}, within {@link FilterLimits#DEFAULT}.
     *
     * @throws InvalidFilterException listing every problem, if it is not a pattern
     */
    public static Filter parse(String json) throws InvalidFilterException {
        FilterParser.Result result = PARSER.parse(json);
        if (result instanceof FilterParser.Result.Valid valid) {
            return valid.filter();
        }
        throw new InvalidFilterException(((FilterParser.Result.Invalid) result).problems());
    }

    /** The paths this filter looks at, attributes included. */
    public Set<FieldPath> paths() {
        Set<FieldPath> paths = new LinkedHashSet<>();
        for (Atom atom : atoms) {
            paths.add(atom.path());
        }
        return paths;
    }

    /** The plan that reads what this filter looks at, and nothing else. */
    public FieldPlan plan() {
        return FieldPlan.of(paths());
    }

    /** Whether any condition looks into the payload. */
    public boolean looksIntoData() {
        for (Atom atom : atoms) {
            if (atom.path().attribute() == null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether {@code event} matches.
     *
     * @throws UnreadableEventException if its payload is malformed (and this filter looks into it)
     * @throws IllegalArgumentException if the event's plan does not read a path of this filter
     */
    public boolean matches(EventView event) {
        return evaluate(event).matches();
    }

    /**
     * Whether {@code event} matches, and if not, why.
     *
     * @throws UnreadableEventException as {@link #matches}
     */
    public Explanation explain(EventView event) {
        return new Explainer(this, event).explain();
    }

    /**
     * What an index can look up instead of evaluating this filter, for each combination that satisfies it. An event can match only if, for
     * at least one combination, a scalar passes every one of its lookups.
     */
    public List<Lookups> lookups() {
        List<Lookups> lookups = new ArrayList<>(branches.length);
        for (Branch branch : branches) {
            lookups.add(Lookups.of(atoms, branch));
        }
        return lookups;
    }

    /** The evaluation of {@code event}, not begun. */
    Evaluation evaluate(EventView event) {
        Bound last = bound;
        if (last == null || last.plan != event.plan()) {
            last = bind(event.plan());
            bound = last;
        }
        return new Evaluation(atoms, branches, last.slots, event);
    }

    private Bound bind(FieldPlan plan) {
        return new Bound(plan, new Slots(atoms, plan));
    }

    Atom[] atoms() {
        return atoms;
    }

    Branch[] branches() {
        return branches;
    }
}
