package io.hookline.router.filter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    private final Atom[] atoms;
    private final Branch[] branches;
    private volatile Bound bound;

    /** The conditions of one combination, as bits: those that need a value, and those that need none. */
    record Branch(long present, long absent) {}

    /** Where the conditions' paths are in one plan: their slots, -1 for attributes. Kept, as one plan serves many events. */
    private static final class Bound {
        final FieldPlan plan;
        final int[] slots;

        Bound(FieldPlan plan, int[] slots) {
            this.plan = plan;
            this.slots = slots;
        }
    }

    private Filter(Atom[] atoms, Branch[] branches) {
        this.atoms = atoms;
        this.branches = branches;
        this.bound = bind(FieldPlan.of(paths()));
    }

    static Filter of(List<Atom> atoms, Collection<Long> branches) {
        long absent = 0;
        for (int i = 0; i < atoms.size(); i++) {
            absent |= atoms.get(i).absent() ? 1L << i : 0;
        }
        long absentAtoms = absent;
        Branch[] split = branches.stream()
                .map(bits -> new Branch(bits & ~absentAtoms, bits & absentAtoms))
                .toArray(Branch[]::new);
        return new Filter(atoms.toArray(Atom[]::new), split);
    }

    /**
     * Compiles {@code json}, within {@link FilterLimits#DEFAULT}.
     *
     * @throws InvalidFilterException listing every problem, if it is not a pattern
     */
    public static Filter parse(String json) throws InvalidFilterException {
        FilterParser.Result result = new FilterParser().parse(json);
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

    /**
     * Whether {@code event} matches.
     *
     * @throws UnreadableEventException if its payload is malformed (and this filter looks into it)
     * @throws IllegalArgumentException if the event's plan does not read a path of this filter
     */
    public boolean matches(EventView event) {
        return new Evaluation(event).matches();
    }

    private Bound bind(FieldPlan plan) {
        int[] slots = new int[atoms.length];
        for (int i = 0; i < slots.length; i++) {
            FieldPath path = atoms[i].path();
            slots[i] = path.attribute() != null ? -1 : plan.requireSlot(path);
        }
        return new Bound(plan, slots);
    }

    Atom[] atoms() {
        return atoms;
    }

    Branch[] branches() {
        return branches;
    }

    /** One event against this filter: the results of the conditions, each found out once, when first asked for. */
    final class Evaluation {
        private final EventView event;
        private final int[] slots;
        private long known;
        private long passed;

        Evaluation(EventView event) {
            Bound last = bound;
            if (last.plan != event.plan()) {
                last = bind(event.plan());
                bound = last;
            }
            this.event = event;
            this.slots = last.slots;
        }

        boolean matches() {
            for (Branch branch : branches) {
                if (matches(branch)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matches(Branch branch) {
            for (long rest = branch.present | branch.absent; rest != 0; rest &= rest - 1) {
                int atom = Long.numberOfTrailingZeros(rest);
                boolean couldPass = passes(atom) || (atoms[atom].absent() && slots[atom] >= 0 && hasArrays());
                if (!couldPass) {
                    return false;
                }
            }
            return !hasArrays() || consistent(event.scope(), inData(branch.present), inData(branch.absent));
        }

        /** Whether condition {@code atom} holds for the event as a whole, whatever the array elements. */
        boolean passes(int atom) {
            long bit = 1L << atom;
            if ((known & bit) == 0) {
                known |= bit;
                Atom condition = atoms[atom];
                boolean there = slots[atom] < 0
                        ? event.any(condition.path(), condition.matcher())
                        : event.scope().anywhere(slots[atom], condition.matcher());
                passed |= there != condition.absent() ? bit : 0;
            }
            return (passed & bit) != 0;
        }

        private boolean hasArrays() {
            return event.plan().size() > 0 && event.scope().arrays() != null;
        }

        private long inData(long conditions) {
            long kept = 0;
            for (long rest = conditions; rest != 0; rest &= rest - 1) {
                int atom = Long.numberOfTrailingZeros(rest);
                kept |= slots[atom] >= 0 ? 1L << atom : 0;
            }
            return kept;
        }

        /** Whether elements can be chosen, in the arrays of {@code scope}, such that all these conditions hold. */
        private boolean consistent(Scope scope, long present, long absent) {
            long open = 0;
            for (long rest = present; rest != 0; rest &= rest - 1) {
                int atom = Long.numberOfTrailingZeros(rest);
                open |= scope.any(slots[atom], atoms[atom].matcher()) ? 0 : 1L << atom;
            }
            for (long rest = absent; rest != 0; rest &= rest - 1) {
                if (scope.any(slots[Long.numberOfTrailingZeros(rest)], Matcher.Exists.EXISTS)) {
                    return false;
                }
            }
            for (Scope.Elements array = scope.arrays(); array != null; array = array.next) {
                long chosenBy = within(array, open);
                if (!consistent(array, chosenBy, within(array, absent))) {
                    return false;
                }
                open &= ~chosenBy;
            }
            return open == 0;
        }

        private boolean consistent(Scope.Elements array, long present, long absent) {
            if (present == 0) {
                return absent == 0 || array.scopes.stream().allMatch(scope -> lacks(scope, absent));
            }
            for (Scope scope : array.scopes) {
                if (consistent(scope, present, absent)) {
                    return true;
                }
            }
            return false;
        }

        private boolean lacks(Scope scope, long absent) {
            for (long rest = absent; rest != 0; rest &= rest - 1) {
                if (scope.anywhere(slots[Long.numberOfTrailingZeros(rest)], Matcher.Exists.EXISTS)) {
                    return false;
                }
            }
            return true;
        }

        private long within(Scope.Elements array, long conditions) {
            long inside = 0;
            for (long rest = conditions; rest != 0; rest &= rest - 1) {
                int atom = Long.numberOfTrailingZeros(rest);
                inside |= array.covers(slots[atom]) ? 1L << atom : 0;
            }
            return inside;
        }
    }
}
