package io.hookline.router.filter;

/**
 * One event against one filter. Each condition is tested once, when first asked for: for the event as a whole, and, where the payload has
 * arrays of objects, for each element. Conditions are bits.
 */
final class Evaluation {
    private final Atom[] atoms;
    private final Filter.Branch[] branches;
    private final Slots slots;
    private final EventView event;
    private long known;
    private long failed;

    Evaluation(Atom[] atoms, Filter.Branch[] branches, Slots slots, EventView event) {
        this.atoms = atoms;
        this.branches = branches;
        this.slots = slots;
        this.event = event;
    }

    boolean matches() {
        for (Filter.Branch branch : branches) {
            if (matches(branch)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Filter.Branch branch) {
        for (long rest = branch.present() | branch.absent(); rest != 0; rest &= rest - 1) {
            if (failsAnyway(Long.numberOfTrailingZeros(rest))) {
                return false;
            }
        }
        long present = branch.present() & slots.inData();
        long absent = branch.absent() & slots.inData();
        return (present | absent) == 0 || event.scope().arrays() == null || consistent(event.scope(), present, absent);
    }

    /** Whether a condition fails for the event, whichever array elements are chosen. */
    boolean failsAnyway(int atom) {
        long bit = 1L << atom;
        if ((known & bit) == 0) {
            known |= bit;
            failed |= isThere(atom, atoms[atom]) == atoms[atom].absent() ? bit : 0;
        }
        return (failed & bit) != 0;
    }

    /** Whether a scalar passes; for a field that must be absent, only one outside of all array elements counts. */
    private boolean isThere(int atom, Atom condition) {
        if (slots.of(atom) < 0) {
            return event.any(condition.path(), condition.matcher());
        }
        return condition.absent()
                ? event.scope().any(slots.of(atom), condition.matcher())
                : event.scope().anywhere(slots.of(atom), condition.matcher());
    }

    /** Whether elements can be chosen, in the arrays of {@code scope}, such that all these conditions hold. */
    private boolean consistent(Scope scope, long present, long absent) {
        long passed = scope.passed(this, present | absent);
        if ((passed & absent) != 0) {
            return false;
        }
        long open = present & ~passed;
        for (Scope.Elements array = scope.arrays(); array != null; array = array.next) {
            long inside = array.inside(this);
            if (!consistent(array, open & inside, absent & inside)) {
                return false;
            }
            open &= ~inside;
        }
        return open == 0;
    }

    private boolean consistent(Scope.Elements array, long present, long absent) {
        if ((present | absent) == 0) {
            return true;
        }
        for (Scope scope : array.scopes) {
            if (present == 0) {
                if (!lacks(scope, absent)) {
                    return false;
                }
            } else if (consistent(scope, present, absent)) {
                return true;
            }
        }
        return present == 0;
    }

    /** No element was chosen here, so the fields must be absent in all of them. */
    private boolean lacks(Scope scope, long absent) {
        if (scope.passed(this, absent) != 0) {
            return false;
        }
        for (Scope.Elements array = scope.arrays(); array != null; array = array.next) {
            if (!consistent(array, 0, absent & array.inside(this))) {
                return false;
            }
        }
        return true;
    }

    int slot(int atom) {
        return slots.of(atom);
    }

    Matcher test(int atom) {
        return atoms[atom].matcher();
    }

    long between(int low, int high) {
        return slots.between(low, high);
    }
}
