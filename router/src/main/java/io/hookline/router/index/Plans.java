package io.hookline.router.index;

import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.FieldPlan;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One plan for each set of paths: what is kept for a plan (the way to read it from Avro, where a filter's paths are in it) serves all tenants
 * and types whose filters name the same fields. One thread makes plans; any thread merges them.
 */
final class Plans {
    /** The most paths that the filters of one tenant for one event type are read with together. */
    static final int PATHS_MAX = 4_096;

    private static final int MERGED_MAX = 4_096;

    private record Pair(FieldPlan a, FieldPlan b) {}

    private final Map<Set<FieldPath>, WeakReference<FieldPlan>> made = new HashMap<>();
    private final Map<Pair, FieldPlan> merged = new ConcurrentHashMap<>();
    private int purgeAt = 256;

    /** {@code plan} and {@code paths} in one; null if that would be more than {@link #PATHS_MAX}. */
    @Nullable
    FieldPlan extend(FieldPlan plan, Set<FieldPath> paths) {
        if (readsAll(plan, paths)) {
            return plan;
        }
        Set<FieldPath> all = new HashSet<>(plan.paths());
        paths.stream().filter(path -> path.attribute() == null).forEach(all::add);
        return all.size() > PATHS_MAX ? null : of(all);
    }

    private static boolean readsAll(FieldPlan plan, Set<FieldPath> paths) {
        for (FieldPath path : paths) {
            if (!plan.reads(path)) {
                return false;
            }
        }
        return true;
    }

    /** The plan of {@code paths}. */
    FieldPlan of(Set<FieldPath> paths) {
        WeakReference<FieldPlan> there = made.get(paths);
        FieldPlan plan = there == null ? null : there.get();
        if (plan == null) {
            plan = paths.isEmpty() ? FieldPlan.NOTHING : FieldPlan.of(paths);
            made.put(Set.copyOf(paths), new WeakReference<>(plan));
            purge();
        }
        return plan;
    }

    /** Both in one. */
    FieldPlan merge(FieldPlan a, FieldPlan b) {
        if (a == b || b.size() == 0) {
            return a;
        }
        if (a.size() == 0) {
            return b;
        }
        if (merged.size() >= MERGED_MAX) {
            merged.clear();
        }
        return merged.computeIfAbsent(new Pair(a, b), pair -> pair.a.merge(pair.b));
    }

    private void purge() {
        if (made.size() >= purgeAt) {
            made.values().removeIf(plan -> plan.get() == null);
            purgeAt = 2 * made.size() + 256;
        }
    }
}
