package io.hookline.deliverer.loop;

import io.hookline.deliverer.loop.Source.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Those of a tenant's subscriptions that wait for their turn, and how much of what a loop may have in flight is theirs. */
final class Tenant {
    private final String name;
    private final Map<Kind, Deque<Target>> queues = new EnumMap<>(Kind.class);
    private int inFlight;
    private int queued;

    Tenant(String name) {
        this.name = name;
    }

    String name() {
        return name;
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

    /** Whether it need not be remembered. */
    boolean isIdle() {
        return inFlight == 0 && queued == 0;
    }

    /** Whether it is the only one of that kind. */
    boolean add(Kind kind, Target target) {
        Deque<Target> queue = queues.computeIfAbsent(kind, any -> new ArrayDeque<>());
        queue.addLast(target);
        queued++;
        return queue.size() == 1;
    }

    /** Takes the next of that kind; there must be one. */
    Target next(Kind kind) {
        queued--;
        return queues.getOrDefault(kind, new ArrayDeque<>()).removeFirst();
    }

    boolean has(Kind kind) {
        Deque<Target> queue = queues.get(kind);
        return queue != null && !queue.isEmpty();
    }
}
