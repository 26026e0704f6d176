package io.hookline.router.match;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import java.util.function.Consumer;

/** The candidates for one event. For one thread, and for that event only. */
public interface Selection {
    /** Whether nothing can match. */
    boolean isEmpty();

    /** What the candidates' filters may read of the event's data; {@link FieldPlan#NOTHING} where none looks into it. */
    FieldPlan plan();

    /**
     * Tells every candidate that matches, each once.
     *
     * @param recordedAtMs the record's timestamp; candidates created later do not match
     * @throws io.hookline.router.filter.UnreadableEventException where a candidate needs data that cannot be read; what was told before
     *     is then not complete
     */
    void match(EventView event, long recordedAtMs, Consumer<Route> matched);

    /** As {@link #match}, of the candidates that need no data; the others are left out. Never unreadable. */
    void matchWithoutData(EventView event, long recordedAtMs, Consumer<Route> matched);
}
