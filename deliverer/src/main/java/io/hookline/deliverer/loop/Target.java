package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of an owned partition, with the works that wait for it and how many are under way. {@code
 * Known -> Deleted -> Known} by its records; disabled by its endpoint, enabled by a later record.
 */
final class Target {
    private final Partition partition;
    private final String id;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private Definition definition = new Deleted();
    private long offset = -1;
    private @Nullable Reason disabled;
    private int inFlight;
    private boolean isScheduled;
    private boolean isOverflowing;
    private boolean awaitsName;

    /** What the subscription's last record says. */
    sealed interface Definition {}

    /** There is none, or it was deleted. */
    record Deleted() implements Definition {}

    /** It can be delivered to. */
    record Usable(Endpoint endpoint) implements Definition {}

    /** It is there but cannot be used. */
    record Unusable(String problem) implements Definition {}

    Target(Partition partition, String id) {
        this.partition = partition;
        this.id = id;
    }

    Partition partition() {
        return partition;
    }

    String id() {
        return id;
    }

    Definition definition() {
        return definition;
    }

    /** Offset of the record that defines it; -1 before any. */
    long offset() {
        return offset;
    }

    /** Takes a newer record's definition; what the endpoint did before no longer counts. */
    void define(Definition newer, long at) {
        definition = newer;
        offset = at;
        disabled = null;
    }

    /** Why nothing is sent until the subscription is edited, or null. */
    @Nullable
    Reason disabled() {
        return disabled;
    }

    void disable(Reason why) {
        disabled = why;
    }

    /** Works to be tried, oldest first. */
    Deque<Work> waiting() {
        return waiting;
    }

    int inFlight() {
        return inFlight;
    }

    void took() {
        inFlight++;
    }

    void landed() {
        inFlight--;
    }

    boolean isScheduled() {
        return isScheduled;
    }

    void scheduled(boolean is) {
        isScheduled = is;
    }

    /** More came than it takes: what comes is put off until half of what waits is gone. */
    boolean isOverflowing() {
        return isOverflowing;
    }

    void overflowing(boolean is) {
        isOverflowing = is;
    }

    boolean awaitsName() {
        return awaitsName;
    }

    void awaitsName(boolean is) {
        awaitsName = is;
    }

    /** Whether another attempt may start now. */
    boolean isReady() {
        return !waiting.isEmpty() && !awaitsName && inFlight < inFlightMax();
    }

    private int inFlightMax() {
        return definition instanceof Usable usable ? usable.endpoint().maxInFlight() : Integer.MAX_VALUE;
    }

    /** Nothing is known of it and nothing waits: it can be forgotten. */
    boolean isForgettable() {
        return definition instanceof Deleted && waiting.isEmpty() && inFlight == 0;
    }
}
