package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a pattern, and where; at most {@link #MOST} problems are kept. */
final class Problems {
    private static final int MOST = 50;

    private final List<FilterProblem> found = new ArrayList<>();

    void add(Place place, String value, String expected) {
        if (found.size() < MOST) {
            found.add(new FilterProblem(place.toString(), value, expected));
        }
    }

    void add(Place place, Json value, String expected) {
        add(place, value.brief(), expected);
    }

    /** Something exceeds a limit of {@link FilterLimits}. */
    void limit(Place place, String value, String limit, long most, String unit) {
        add(place, value, "at most " + most + " " + unit + " (limit " + limit + ")");
    }

    boolean any() {
        return !found.isEmpty();
    }

    List<FilterProblem> all() {
        return List.copyOf(found);
    }
}
