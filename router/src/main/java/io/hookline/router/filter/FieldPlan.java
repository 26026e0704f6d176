package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a payload to read in one pass: the merged paths of the filters that may be asked about an event. A trie over the field
 * names; each path has a slot, numbered depth first, so that the paths below any field are one run of slots.
 */
public final class FieldPlan {
    private static final int PROGRAMS_MAX = 32;

    /** Reads nothing of the payload. */
    public static final FieldPlan NOTHING = of(Set.of());

    private final Map<FieldPath, Integer> slots;
    private final Node root;
    private volatile List<AvroProgram> programs = List.of();

    private FieldPlan(Map<FieldPath, Integer> slots, Node root) {
        this.slots = slots;
        this.root = root;
    }

    /** The plan that reads {@code paths}; attributes among them cost nothing and are left out. */
    public static FieldPlan of(Collection<FieldPath> paths) {
        Builder top = new Builder();
        for (FieldPath path : paths) {
            if (path.attribute() == null) {
                Builder at = top;
                for (String step : path.steps()) {
                    at = at.children.computeIfAbsent(step, s -> new Builder());
                }
                at.path = path;
            }
        }
        Map<FieldPath, Integer> slots = new HashMap<>();
        Node root = top.build(slots);
        return new FieldPlan(slots, root);
    }

    /** The plan that reads what any of {@code filters} names. */
    public static FieldPlan ofFilters(Collection<Filter> filters) {
        Set<FieldPath> paths = new LinkedHashSet<>();
        filters.forEach(filter -> paths.addAll(filter.paths()));
        return of(paths);
    }

    /** This plan and {@code other} in one. */
    public FieldPlan merge(FieldPlan other) {
        if (slots.keySet().containsAll(other.slots.keySet())) {
            return this;
        }
        if (other.slots.keySet().containsAll(slots.keySet())) {
            return other;
        }
        Set<FieldPath> paths = new LinkedHashSet<>(slots.keySet());
        paths.addAll(other.slots.keySet());
        return of(paths);
    }

    /** The payload paths this plan reads. */
    public Set<FieldPath> paths() {
        return Set.copyOf(slots.keySet());
    }

    /** How many paths it reads. */
    public int size() {
        return slots.size();
    }

    /** The slot of a payload path, or -1 if this plan does not read it. */
    int slot(FieldPath path) {
        Integer slot = slots.get(path);
        return slot == null ? -1 : slot;
    }

    /** The slot of a payload path that this plan must read. */
    int requireSlot(FieldPath path) {
        int slot = slot(path);
        if (slot < 0) {
            throw new IllegalArgumentException(
                    path + " is not among the paths of " + this + "; merge the filter's paths into it");
        }
        return slot;
    }

    /** The way to read this plan from Avro bytes of {@code writer}; made once for each schema (the newest few are kept). */
    @SuppressWarnings(
            "ReferenceEquality") // comparing schemas by value walks them; the caller keeps one object for each
    AvroProgram program(Schema writer) {
        for (AvroProgram program : programs) {
            if (program.writer() == writer) {
                return program;
            }
        }
        AvroProgram made = AvroProgram.compile(writer, root);
        List<AvroProgram> kept = new ArrayList<>(List.of(made));
        programs.stream().limit(PROGRAMS_MAX - 1).forEach(kept::add);
        programs = List.copyOf(kept);
        return made;
    }

    Node root() {
        return root;
    }

    @Override
    public String toString() {
        return "FieldPlan" + slots.keySet();
    }

    /**
     * A field on the way to, or at, something to read. {@code leaf} is its own slot or -1; the slots of itself and of everything below it
     * are {@code low} (inclusive) to {@code high} (exclusive).
     */
    record Node(Map<String, Node> children, int leaf, int low, int high) {
        @Nullable
        Node child(String name) {
            return children.get(name);
        }
    }

    private static final class Builder {
        private final Map<String, Builder> children = new TreeMap<>();
        private @Nullable FieldPath path;

        Node build(Map<FieldPath, Integer> slots) {
            int low = slots.size();
            int leaf = -1;
            if (path != null) {
                leaf = low;
                slots.put(path, leaf);
            }
            Map<String, Node> built = new HashMap<>();
            children.forEach((name, child) -> built.put(name, child.build(slots)));
            return new Node(built, leaf, low, slots.size());
        }
    }
}
