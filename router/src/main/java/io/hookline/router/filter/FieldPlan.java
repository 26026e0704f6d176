package io.hookline.router.filter;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
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
        Node root = top.build("", slots);
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

    /** Whether it reads {@code path}; attributes need no reading. */
    public boolean reads(FieldPath path) {
        return path.attribute() != null || slots.containsKey(path);
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
    static final class Node {
        /** Of the hash of a name: odd, and not to be foreseen by those who choose the names that filters use. */
        static final int HASH_FACTOR = new SecureRandom().nextInt() | 1;

        private final Map<String, Node> children;
        private final int leaf;
        private final int low;
        private final int high;
        /** The children by a hash of their names' bytes, in a table of a power of two, at most half full. */
        private final @Nullable Node[] table;

        private final byte[] name;

        Node(String name, Map<String, Node> children, int leaf, int low, int high) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.children = children;
            this.leaf = leaf;
            this.low = low;
            this.high = high;
            this.table = new Node[Integer.highestOneBit(children.size() * 2 + 1) * 2];
            for (Node child : children.values()) {
                int hash = 0;
                for (byte b : child.name) {
                    hash = HASH_FACTOR * hash + b;
                }
                int at = spread(hash);
                while (table[at] != null) {
                    at = (at + 1) & (table.length - 1);
                }
                table[at] = child;
            }
        }

        int leaf() {
            return leaf;
        }

        int low() {
            return low;
        }

        int high() {
            return high;
        }

        Map<String, Node> children() {
            return children;
        }

        boolean hasChildren() {
            return !children.isEmpty();
        }

        @Nullable
        Node child(String name) {
            return children.get(name);
        }

        /** The child whose name in UTF-8 is {@code bytes[from, to)}, with {@code hash = HASH_FACTOR * hash + byte} over them. */
        @Nullable
        Node child(byte[] bytes, int from, int to, int hash) {
            for (int at = spread(hash); ; at = (at + 1) & (table.length - 1)) {
                Node child = table[at];
                if (child == null || Arrays.equals(child.name, 0, child.name.length, bytes, from, to)) {
                    return child;
                }
            }
        }

        private int spread(int hash) {
            return (hash ^ (hash >>> 15)) & (table.length - 1);
        }
    }

    private static final class Builder {
        private final Map<String, Builder> children = new TreeMap<>();
        private @Nullable FieldPath path;

        Node build(String name, Map<FieldPath, Integer> slots) {
            int low = slots.size();
            int leaf = -1;
            if (path != null) {
                leaf = low;
                slots.put(path, leaf);
            }
            Map<String, Node> built = new HashMap<>();
            children.forEach((each, child) -> built.put(each, child.build(each, slots)));
            return new Node(name, built, leaf, low, slots.size());
        }
    }
}
