package io.hookline.router.match;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Some buckets as they were at one moment; evaluates the filter of every route in them. */
final class Candidates implements Selection {
    private final List<Bucket.Content> buckets;

    Candidates(List<Bucket.Content> buckets) {
        this.buckets = buckets;
    }

    @Override
    public boolean isEmpty() {
        return buckets.isEmpty();
    }

    @Override
    public FieldPlan plan() {
        FieldPlan plan = FieldPlan.NOTHING;
        for (Bucket.Content bucket : buckets) {
            plan = plan.merge(bucket.plan());
        }
        return plan;
    }

    @Override
    public void match(EventView event, long recordedAtMs, Consumer<Route> matched) {
        each(event, recordedAtMs, false, matched);
    }

    @Override
    public void matchWithoutData(EventView event, long recordedAtMs, Consumer<Route> matched) {
        each(event, recordedAtMs, true, matched);
    }

    private void each(EventView event, long recordedAtMs, boolean withoutData, Consumer<Route> matched) {
        Set<String> told = new HashSet<>();
        for (Bucket.Content bucket : buckets) {
            for (int i = 0; i < bucket.size(); i++) {
                Route route = bucket.route(i);
                Filter filter = route.filter();
                boolean candidate = route.createdAtMs() <= recordedAtMs
                        && (filter == null || !withoutData || !looksIntoData(filter));
                if (candidate && (filter == null || filter.matches(event)) && told.add(route.id())) {
                    matched.accept(route);
                }
            }
        }
    }

    private static boolean looksIntoData(Filter filter) {
        for (FieldPath path : filter.paths()) {
            if (path.attribute() == null) {
                return true;
            }
        }
        return false;
    }
}
