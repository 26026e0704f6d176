package io.hookline.router.filter;

/** Where the conditions of a filter find their scalars in events read by one plan. Immutable. */
final class Slots {
    private final int[] slots;
    private final long inData;

    /** Binds {@code atoms} to {@code plan}, which must read all of their paths. */
    Slots(Atom[] atoms, FieldPlan plan) {
        slots = new int[atoms.length];
        long data = 0;
        for (int i = 0; i < slots.length; i++) {
            boolean attribute = atoms[i].path().attribute() != null;
            slots[i] = attribute ? -1 : plan.requireSlot(atoms[i].path());
            data |= attribute ? 0 : 1L << i;
        }
        inData = data;
    }

    /** The slot of a condition's path, or -1 if it is an attribute. */
    int of(int atom) {
        return slots[atom];
    }

    /** The conditions that look into the payload, as bits. */
    long inData() {
        return inData;
    }

    /** The conditions whose slots are {@code low} to {@code high}, exclusive. */
    long between(int low, int high) {
        long inside = 0;
        for (int i = 0; i < slots.length; i++) {
            inside |= slots[i] >= low && slots[i] < high ? 1L << i : 0;
        }
        return inside;
    }
}
