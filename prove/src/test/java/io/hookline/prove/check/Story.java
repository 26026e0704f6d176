package io.hookline.prove.check;

import io.hookline.schemas.event.EventAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A made-up run of one partition: tells it event by event, request by request. Times are milliseconds since {@link #START}. */
final class Story {
    static final long START = 1_700_000_000_000L;
    static final int PARTITION = 3;

    private final Set<String> acknowledged = new HashSet<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Wanted> subscriptions = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Attempted> attempts = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<Commit> commits = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private long offset;

    Story subscription(String id, Wanted.Ordering ordering) {
        subscriptions.add(new Wanted(id, PARTITION, null, List.of("*"), null, 0, ordering, true));
        return this;
    }

    Story subscription(UnaryOperator<Wanted> change) {
        subscriptions.add(
                change.apply(new Wanted("s", PARTITION, null, List.of("*"), null, 0, Wanted.Ordering.NONE, true)));
        return this;
    }

    /** An event that is stored and acknowledged; its offset is its place among the events told. */
    Event event(String id, String key) {
        return event(id, key, "acme", "order.shipped", 5);
    }

    Event event(String id, String key, String tenant, String type, Integer quantity) {
        EventAttributes attributes = new EventAttributes(id, "/prove/x", type, null, null, tenant, null, null);
        Event event = new Event(attributes, "events." + type, 0, events.size(), key, quantity, START);
        events.add(event);
        acknowledged.add(id);
        return event;
    }

    Story acknowledgedOnly(String id) {
        acknowledged.add(id);
        return this;
    }

    Story routed(Event event, String subscription) {
        return note(Note.Kind.ROUTED, event, subscription, "deliveries");
    }

    Story deadLetter(Event event, String subscription) {
        return note(Note.Kind.DEAD, event, subscription, "deliveries.dead");
    }

    private Story note(Note.Kind kind, Event event, String subscription, String topic) {
        notes.add(
                new Note(kind, event.webhookId(subscription), subscription, topic, PARTITION, offset++, START, topic));
        return this;
    }

    /** A request of an event, right in every way, that took 10 ms. */
    Story request(Event event, String subscription, long at, int status) {
        return request(event, subscription, at, status, request -> request);
    }

    Story request(Event event, String subscription, long at, int status, UnaryOperator<Request> change) {
        long ms = START + at;
        requests.add(change.apply(new Request(
                subscription,
                event.webhookId(subscription),
                ms / 1_000 * 1_000,
                ms,
                ms + 10,
                status,
                true,
                event.id(),
                event.type())));
        return this;
    }

    Story attempt(Event event, String subscription, long at, int number, Integer status, Attempted.Next next) {
        attempts.add(new Attempted(
                event.webhookId(subscription),
                subscription,
                offset++,
                number,
                START + at - 5,
                START + at + 15,
                status,
                next,
                "SUCCESS"));
        return this;
    }

    /** Routed, accepted at once, recorded. */
    Story delivered(Event event, String subscription, long at) {
        return routed(event, subscription)
                .request(event, subscription, at, 200)
                .attempt(event, subscription, at, 1, 200, Attempted.Next.DELIVERED);
    }

    Story commit(String instance, long at) {
        commits.add(new Commit(PARTITION, offset++, instance, START + at));
        return this;
    }

    Story interruption(String instance, long at) {
        interruptions.add(new Interruption(instance, START + at, "kill -9"));
        return this;
    }

    Evidence evidence() {
        return new Evidence(
                START,
                acknowledged,
                events,
                subscriptions,
                requests,
                attempts,
                notes,
                commits,
                interruptions,
                List.of());
    }

    Findings check() {
        return Checker.check(evidence());
    }
}
