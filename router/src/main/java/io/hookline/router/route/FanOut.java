package io.hookline.router.route;

import io.hookline.router.match.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The routes of one event by partition. Used again and again by one thread: costs no more than the routes in it. */
public final class FanOut implements Consumer<Route> {
    private final List<List<Route>> byPartition;
    private final List<Integer> touched = new ArrayList<>();

    /**
     * @param partitions P
     */
    FanOut(int partitions) {
        byPartition = new ArrayList<>(partitions);
        for (int p = 0; p < partitions; p++) {
            byPartition.add(new ArrayList<>(0));
        }
    }

    @Override
    public void accept(Route route) {
        List<Route> routes = byPartition.get(route.partition());
        if (routes.isEmpty()) {
            touched.add(route.partition());
        }
        routes.add(route);
    }

    void clear() {
        touched.forEach(p -> byPartition.get(p).clear());
        touched.clear();
    }

    /** The partitions that have routes. */
    public List<Integer> partitions() {
        return touched;
    }

    /** The routes of a partition. */
    public List<Route> routes(int partition) {
        return byPartition.get(partition);
    }
}
