package io.hookline.router.index;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.index.Placement.Spot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one tenant (or of the platform) to one event type or pattern of types. Immutable. */
final class Node<S> {
    private static final Node<?> EMPTY = Node.<Object>make();

    private static final int REMOVALS_MIN = 32;

    private final @Nullable Group<S> matching;
    private final @Nullable Group<S> evaluated;
    private final @Nullable Group<S> apart;
    private final Access<S>[] accesses;
    private final FieldPlan plan;
    private final int size;
    private final int removals;

    private Node(
            @Nullable Group<S> matching,
            @Nullable Group<S> evaluated,
            @Nullable Group<S> apart,
            Access<S>[] accesses,
            FieldPlan plan,
            int size,
            int removals) {
        this.matching = matching;
        this.evaluated = evaluated;
        this.apart = apart;
        this.accesses = accesses;
        this.plan = plan;
        this.size = size;
        this.removals = removals;
    }

    @SuppressWarnings("unchecked")
    private static <S> Node<S> make() {
        return new Node<>(null, null, null, (Access<S>[]) new Access<?>[0], FieldPlan.NOTHING, 0, 0);
    }

    @SuppressWarnings("unchecked")
    static <S> Node<S> empty() {
        return (Node<S>) EMPTY;
    }

    boolean isEmpty() {
        return matching == null && evaluated == null && apart == null && accesses.length == 0;
    }

    /** Reads what the filters here name, all but those that are apart. It may read more: paths of subscriptions that have gone. */
    FieldPlan plan() {
        return plan;
    }

    /** What {@link #plan()} has to read. */
    Set<FieldPath> paths() {
        Set<FieldPath> paths = new HashSet<>();
        Consumer<Entry<S>> add = entry -> paths.addAll(entry.paths());
        Group.tell(evaluated, add);
        for (Access<S> access : accesses) {
            access.forEach(add);
        }
        paths.removeIf(path -> path.attribute() != null);
        return paths;
    }

    /** So much has been taken away since the plan was made that it is worth making anew; this comes once for many removals. */
    boolean isPlanStale() {
        return removals > size + REMOVALS_MIN;
    }

    Node<S> withPlan(FieldPlan changed) {
        return new Node<>(matching, evaluated, apart, accesses, changed, size, 0);
    }

    @Nullable
    Access<S> access(FieldPath path) {
        for (Access<S> access : accesses) {
            if (access.path().equals(path)) {
                return access;
            }
        }
        return null;
    }

    /** Tells every subscription here that {@code event} may match, and has still to be evaluated; some perhaps several times. */
    void find(EventView event, KeyHash hash, Consumer<? super Entry<S>> action) {
        Group.tell(matching, action);
        for (Access<S> access : accesses) {
            access.find(event, hash, action);
        }
        Group.tell(evaluated, action);
    }

    /** As {@link #find}, by the event's attributes alone. */
    void findWithoutData(EventView event, KeyHash hash, Consumer<? super Entry<S>> action) {
        Group.tell(matching, action);
        for (Access<S> access : accesses) {
            if (access.path().attribute() != null) {
                access.find(event, hash, action);
            }
        }
        Group.tell(evaluated, action);
    }

    /** Tells the subscriptions that have to be evaluated with a view of their own. */
    void findApart(Consumer<? super Entry<S>> action) {
        Group.tell(apart, action);
    }

    Node<S> with(Spot spot, Entry<S> entry, KeyHash hash) {
        if (spot instanceof Spot.Always always) {
            return with(always, Group.add(group(always), entry, hash), size + 1, removals);
        }
        FieldPath path = path(spot);
        Access<S> before = access(path);
        if (before != null) {
            return with(replace(before, before.with(spot, entry, hash)), size + 1, removals);
        }
        Access<S>[] more = Arrays.copyOf(accesses, accesses.length + 1);
        more[accesses.length] = Access.<S>empty(path).with(spot, entry, hash);
        return with(more, size + 1, removals);
    }

    Node<S> without(Spot spot, Entry<S> entry, KeyHash hash) {
        if (spot instanceof Spot.Always always) {
            return with(always, Group.remove(group(always), entry, hash), size - 1, removals + 1);
        }
        Access<S> before = access(path(spot));
        return before == null ? this : with(replace(before, before.without(spot, entry, hash)), size - 1, removals + 1);
    }

    private @Nullable Group<S> group(Spot.Always spot) {
        return switch (spot) {
            case MATCHES -> matching;
            case EVALUATED -> evaluated;
            case APART -> apart;
        };
    }

    private Node<S> with(Spot.Always spot, @Nullable Group<S> group, int placed, int removed) {
        return switch (spot) {
            case MATCHES -> new Node<>(group, evaluated, apart, accesses, plan, placed, removed);
            case EVALUATED -> new Node<>(matching, group, apart, accesses, plan, placed, removed);
            case APART -> new Node<>(matching, evaluated, group, accesses, plan, placed, removed);
        };
    }

    private Node<S> with(Access<S>[] changed, int placed, int removed) {
        return new Node<>(matching, evaluated, apart, changed, plan, placed, removed);
    }

    private Access<S>[] replace(Access<S> before, Access<S> after) {
        int at = Arrays.asList(accesses).indexOf(before);
        Access<S>[] copy = accesses.clone();
        if (after.isEmpty()) {
            copy = Arrays.copyOf(accesses, accesses.length - 1);
            System.arraycopy(accesses, at + 1, copy, at, copy.length - at);
        } else {
            copy[at] = after;
        }
        return copy;
    }

    private static FieldPath path(Spot spot) {
        return Objects.requireNonNull(spot.path(), "all other spots are looked up");
    }
}
