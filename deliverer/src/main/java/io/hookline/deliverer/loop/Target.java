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
    private static final int ROUNDS_WAITING = 4;
    private static final int WAITING_MIN = 8;

    private final Partition partition;
    private final String id;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private Definition definition = new Deleted();
    private long offset = -1;
    private @Nullable Reason disabled;
    private int inFlight;
    private long bytes;
    private boolean isScheduled;
    private boolean awaitsName;
    private final InFlightWindow window = new InFlightWindow();
    private final Overflow overflow = new Overflow();

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

    /** Lets a work wait to be tried. */
    void offer(Work work) {
        if (waiting.isEmpty() && inFlight == 0) {
            overflow.moves(Uptime.ms());
        }
        waiting.addLast(work);
    }

    /** @param isOverloaded whether the attempt's end says that less would be more */
    void landed(Flight flight, boolean isOverloaded) {
        inFlight--;
        overflow.landed(Uptime.ms());
        if (isOverloaded) {
            window.overloaded(flight.startedNanos(), System.nanoTime());
        } else {
            window.answered(inFlightMax());
        }
    }

    /** Takes note of a work that it is to try. */
    void began(Work work) {
        bytes += work.group().bytes();
    }

    /** A work's outcome is recorded. */
    void finished(Work work) {
        bytes -= work.group().bytes();
    }

    /** Of the events of its works. */
    long bytes() {
        return bytes;
    }

    boolean isScheduled() {
        return isScheduled;
    }

    void scheduled(boolean is) {
        isScheduled = is;
    }

    /** More came than it takes: what comes is put off until half of what waits is gone. */
    boolean isOverflowing() {
        return overflow.is();
    }

    /** Whether a work has to be put off now. */
    boolean isFull() {
        return overflow.is() && waiting.size() >= overflow.limit();
    }

    /**
     * Notes that a record found the queue full; whether it has to wait, as it has while this is not known to be overflowing.
     *
     * @param brisk how many attempts a second are enough for the others to wait for it
     */
    boolean foundFull(int brisk) {
        if (!overflow.is()) {
            overflow.foundFull(waiting.size(), brisk, Uptime.ms());
        }
        return !overflow.is();
    }

    /** How many may wait of its own right: a few rounds of what it has under way, for more than that only waits longer. */
    int waitingLimit() {
        return Math.max(WAITING_MIN, ROUNDS_WAITING * inFlightLimit());
    }

    /** Takes the next to be tried. */
    Work next() {
        Work work = waiting.removeFirst();
        overflow.taken(waiting.size());
        return work;
    }

    boolean awaitsName() {
        return awaitsName;
    }

    void awaitsName(boolean is) {
        awaitsName = is;
    }

    /** Whether another attempt may start now. */
    boolean isReady() {
        return !waiting.isEmpty() && !awaitsName && inFlight < inFlightLimit();
    }

    /** How many attempts it may have under way at once, of its own right, as it does now. */
    int inFlightLimit() {
        return window.size(inFlightMax());
    }

    private int inFlightMax() {
        return definition instanceof Usable usable ? usable.endpoint().maxInFlight() : Integer.MAX_VALUE;
    }

    /** Nothing is known of it and nothing waits: it can be forgotten. */
    boolean isForgettable() {
        return definition instanceof Deleted && waiting.isEmpty() && inFlight == 0;
    }
}
