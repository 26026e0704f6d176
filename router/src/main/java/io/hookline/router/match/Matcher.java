package io.hookline.router.match;

import org.jspecify.annotations.Nullable;

/**
 * All routes, found by what an event says of itself. One thread changes it; any number of threads select at the same time, and each sees
 * every route either as it was before a change or as it is after it, never neither and never half.
 */
public interface Matcher {
    /** Adds a route, or replaces the one of the same id. */
    void put(Route route);

    /** Removes the route of that id, if there is one. */
    void remove(String id);

    /** How many routes there are. */
    int size();

    /**
     * The routes that may match an event of that type.
     *
     * @param tenant the event's tenant; null: only platform-wide routes can match
     */
    Selection select(String type, @Nullable String tenant);

    /** The same without the routes of every event type: for the pipeline's own events, which only those receive who name them. */
    Selection selectNamed(String type, @Nullable String tenant);
}
