package io.hookline.router.index;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription in the index, and where it stands in it. Immutable. */
final class Entry<S> implements Group<S> {
    private final String id;
    private final S subscription;
    private final @Nullable Filter filter;
    private final boolean looksIntoData;
    private final boolean foundTwice;
    private final List<Placement> placements;

    /**
     * Places a subscription.
     *
     * @param filter what is left to evaluate where it is found; null if to find it is to match
     * @param looksIntoData whether it can match no event whose payload cannot be read
     * @param foundTwice whether one event may lead to several of its placements
     */
    Entry(
            String id,
            S subscription,
            @Nullable Filter filter,
            boolean looksIntoData,
            boolean foundTwice,
            List<Placement> placements) {
        this.id = id;
        this.subscription = subscription;
        this.filter = filter;
        this.looksIntoData = looksIntoData;
        this.foundTwice = foundTwice;
        this.placements = placements;
    }

    String id() {
        return id;
    }

    S subscription() {
        return subscription;
    }

    boolean looksIntoData() {
        return looksIntoData;
    }

    List<Placement> placements() {
        return placements;
    }

    /** It may be found more than once for one event, and must be told once. */
    boolean isFoundTwice() {
        return foundTwice;
    }

    /** The payload paths that have to be read to find and evaluate it. */
    Set<FieldPath> paths() {
        Set<FieldPath> paths = new HashSet<>(filter == null ? Set.of() : filter.paths());
        for (Placement placement : placements) {
            FieldPath path = placement.spot().path();
            if (path != null) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** Whether the event that it was found for matches. */
    boolean matches(EventView event) {
        return filter == null || filter.matches(event);
    }

    /** As {@link #matches}, with a view that reads just what the filter names. */
    boolean matchesApart(EventView event) {
        return filter == null || filter.matches(event.reread(filter.plan()));
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void forEach(Consumer<? super Entry<S>> action) {
        action.accept(this);
    }

    @Override
    public Group<S> with(Entry<S> entry, KeyHash hash) {
        return entry.id.equals(id) ? entry : Crowd.of(this, entry, hash);
    }

    @Override
    public @Nullable Group<S> without(Entry<S> entry, KeyHash hash) {
        return entry.id.equals(id) ? null : this;
    }
}
