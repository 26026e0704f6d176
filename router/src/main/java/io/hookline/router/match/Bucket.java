package io.hookline.router.match;

import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.Filter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Routes with the same event types and tenant. One thread changes it; readers take {@link #content()} and see it as it was then.
 *
 * <p>Adding appends to spare room that no earlier content reaches; replacing and removing copy.
 */
final class Bucket {
    /** What the bucket held at one moment. */
    static final class Content {
        private final Route[] routes;
        private final int size;
        private final FieldPlan plan;

        private Content(Route[] routes, int size, FieldPlan plan) {
            this.routes = routes;
            this.size = size;
            this.plan = plan;
        }

        int size() {
            return size;
        }

        Route route(int i) {
            return routes[i];
        }

        /** Covers every filter of the routes. */
        FieldPlan plan() {
            return plan;
        }
    }

    private final Map<String, Integer> positions = new HashMap<>();
    private volatile Content content = new Content(new Route[4], 0, FieldPlan.NOTHING);

    Content content() {
        return content;
    }

    void put(Route route) {
        Content now = content;
        Filter filter = route.filter();
        FieldPlan plan = filter == null ? now.plan : now.plan.merge(FieldPlan.of(filter.paths()));
        Integer position = positions.get(route.id());
        if (position != null) {
            Route[] routes = now.routes.clone();
            routes[position] = route;
            content = new Content(routes, now.size, plan);
            return;
        }
        Route[] routes = now.size < now.routes.length ? now.routes : Arrays.copyOf(now.routes, now.size * 2);
        routes[now.size] = route;
        positions.put(route.id(), now.size);
        content = new Content(routes, now.size + 1, plan);
    }

    void remove(String id) {
        Integer position = positions.remove(id);
        if (position == null) {
            return;
        }
        Content now = content;
        Route[] routes = now.routes.clone();
        int last = now.size - 1;
        if (position != last) {
            routes[position] = routes[last];
            positions.put(routes[last].id(), position);
        }
        routes[last] = null;
        content = new Content(routes, last, last == 0 ? FieldPlan.NOTHING : now.plan);
    }
}
