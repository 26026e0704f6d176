package io.hookline.router.index;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.Value;
import io.hookline.router.index.Placement.Spot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscriptions that are found by the scalar at one path: by what it equals, or the range it lies in. Immutable. */
final class Access<S> {
    private final FieldPath path;
    private final HashTrie<Value, Group<S>> equal;
    private final @Nullable IntervalTree<Group<S>> within;

    private Access(FieldPath path, HashTrie<Value, Group<S>> equal, @Nullable IntervalTree<Group<S>> within) {
        this.path = path;
        this.equal = equal;
        this.within = within;
    }

    static <S> Access<S> empty(FieldPath path) {
        return new Access<>(path, HashTrie.empty(), null);
    }

    FieldPath path() {
        return path;
    }

    boolean isEmpty() {
        return equal.isEmpty() && within == null;
    }

    /** Tells the subscriptions to which the scalars of {@code event} lead, each once for each of its spots here. */
    void find(EventView event, KeyHash hash, Consumer<? super Entry<S>> action) {
        Scalars scalars = new Scalars();
        event.any(path, scalars);
        if (scalars.only != null) {
            find(scalars.only, hash, action);
        } else if (!scalars.several.isEmpty()) {
            Set<Entry<S>> found = new LinkedHashSet<>();
            for (Value value : scalars.several) {
                find(value, hash, found::add);
            }
            found.forEach(action);
        }
    }

    private void find(Value value, KeyHash hash, Consumer<? super Entry<S>> action) {
        if (!equal.isEmpty()) {
            Group.tell(equal.get(value, hash.of(value)), action);
        }
        if (within != null && value instanceof Decimal number) {
            IntervalTree.find(within, number, group -> group.forEach(action));
        }
    }

    /** Collects the scalars at a path; mostly there is one. */
    private static final class Scalars implements Predicate<Value> {
        @Nullable
        Value only;

        List<Value> several = List.of();

        @Override
        public boolean test(Value value) {
            if (!several.isEmpty()) {
                several.add(value);
            } else if (only == null) {
                only = value;
            } else {
                several = new ArrayList<>(List.of(only, value));
                only = null;
            }
            return false;
        }
    }

    /** How many subscriptions {@code value} leads to. */
    int size(Value value, KeyHash hash) {
        Group<S> there = equal.get(value, hash.of(value));
        return there == null ? 0 : there.size();
    }

    Access<S> with(Spot spot, Entry<S> entry, KeyHash hash) {
        if (spot instanceof Spot.Equal lookup) {
            long key = hash.of(lookup.value());
            Group<S> group = Group.add(equal.get(lookup.value(), key), entry, hash);
            return new Access<>(path, equal.with(lookup.value(), key, group, hash::of), within);
        }
        Spot.Within lookup = (Spot.Within) spot;
        Group<S> group = Group.add(IntervalTree.get(within, lookup.range()), entry, hash);
        return new Access<>(path, equal, IntervalTree.with(within, lookup.range(), group));
    }

    Access<S> without(Spot spot, Entry<S> entry, KeyHash hash) {
        if (spot instanceof Spot.Equal lookup) {
            long key = hash.of(lookup.value());
            Group<S> rest = Group.remove(equal.get(lookup.value(), key), entry, hash);
            return new Access<>(
                    path,
                    rest == null ? equal.without(lookup.value(), key) : equal.with(lookup.value(), key, rest, hash::of),
                    within);
        }
        Spot.Within lookup = (Spot.Within) spot;
        Group<S> rest = Group.remove(IntervalTree.get(within, lookup.range()), entry, hash);
        return new Access<>(
                path,
                equal,
                rest == null
                        ? IntervalTree.without(within, lookup.range())
                        : IntervalTree.with(within, lookup.range(), rest));
    }

    void forEach(Consumer<? super Entry<S>> action) {
        equal.forEach(group -> group.forEach(action));
        IntervalTree.forEach(within, group -> group.forEach(action));
    }
}
