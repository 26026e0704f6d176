package io.hookline.bench.router;

import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Orders;
import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.filter.JsonEventView;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.Selection;
import io.hookline.router.match.TypePattern;
import java.util.List;
import java.util.function.Consumer;

/** The router's matcher as the router uses it, without the rest of the router. */
final class OurMatcher {
    private static final List<TypePattern> TYPES = List.of(TypePattern.parse(Orders.TYPE));
    private static final EventAttributes ATTRIBUTES =
            new EventAttributes(Orders.TYPE, "/bench", null, Installation.TENANT, "1", null);

    private final IndexedMatcher matcher = new IndexedMatcher();
    private final Counter counter = new Counter();

    private static final class Counter implements Consumer<Route> {
        private int count;

        @Override
        public void accept(Route route) {
            count++;
        }
    }

    void add(String id, String filter) throws InvalidFilterException {
        matcher.put(new Route(id, 0, Installation.TENANT, TYPES, Filter.parse(filter), 0));
    }

    /** How many subscriptions match an order. */
    int matches(byte[] order) {
        counter.count = 0;
        Selection selection = matcher.select(Orders.TYPE, Installation.TENANT);
        selection.match(new JsonEventView(ATTRIBUTES, order, selection.plan()), Long.MAX_VALUE, counter);
        return counter.count;
    }
}
