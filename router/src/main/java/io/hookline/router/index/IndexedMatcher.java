package io.hookline.router.index;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.Selection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The routes in a {@link SubscriptionIndex}. A route that is told has no filter: it is in the index, or was decided by it. */
public final class IndexedMatcher implements Matcher {
    private final SubscriptionIndex<Route> index = new SubscriptionIndex<>();

    @Override
    public void put(Route route) {
        Route bare = route.filter() == null
                ? route
                : new Route(route.id(), route.partition(), route.tenant(), route.types(), null, route.createdAtMs());
        index.put(route.id(), bare, route.tenant(), route.types(), route.filter());
    }

    @Override
    public void remove(String id) {
        index.remove(id);
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public Selection select(String type, @Nullable String tenant) {
        return new Selected(index.select(type, tenant));
    }

    @Override
    public Selection selectNamed(String type, @Nullable String tenant) {
        return new Selected(index.selectNamed(type, tenant));
    }

    private record Selected(Candidates<Route> candidates) implements Selection {
        @Override
        public boolean isEmpty() {
            return candidates.isEmpty();
        }

        @Override
        public FieldPlan plan() {
            return candidates.plan();
        }

        @Override
        public void match(EventView event, long recordedAtMs, Consumer<Route> matched) {
            candidates.match(event, created(recordedAtMs, matched));
        }

        @Override
        public void matchWithoutData(EventView event, long recordedAtMs, Consumer<Route> matched) {
            candidates.matchWithoutData(event, created(recordedAtMs, matched));
        }

        private static Consumer<Route> created(long recordedAtMs, Consumer<Route> matched) {
            return route -> {
                if (route.createdAtMs() <= recordedAtMs) {
                    matched.accept(route);
                }
            };
        }
    }
}
