package io.hookline.prove.check;

import io.hookline.prove.check.Problem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the evidence of one run against the promises. */
public final class Checker {
    private final Evidence evidence;
    private final Map<String, Expected> expected;
    private final Map<String, List<Request>> requests;
    private final Map<String, List<Attempted>> attempts;
    private final Map<String, List<Note>> notes;
    private final Tenures tenures;
    private final List<Problem> problems = new ArrayList<>();
    private long dead;
    private long duplicates;
    private long allowed;
    private long answersLost;

    private Checker(Evidence evidence) {
        this.evidence = evidence;
        this.expected = Expected.of(evidence.events(), evidence.subscriptions());
        this.requests = by(evidence.requests(), Request::webhookId);
        this.attempts = by(evidence.attempts(), Attempted::webhookId);
        this.notes = by(evidence.notes(), Note::webhookId);
        this.tenures = Tenures.of(evidence);
    }

    public static Findings check(Evidence evidence) {
        return new Checker(evidence).run();
    }

    /** The webhook ids of all deliveries that these events and subscriptions promise. */
    public static Set<String> promised(List<Event> events, List<Wanted> subscriptions) {
        return Expected.of(events, subscriptions).keySet();
    }

    private Findings run() {
        checkEvents();
        evidence.requests().forEach(this::checkRequest);
        evidence.notes().forEach(this::checkNote);
        evidence.pipelineDead().forEach(line -> problem(Kind.PIPELINE_DEAD, "", line));
        expected.values().forEach(this::checkDelivery);
        OrderCheck.of(evidence, expected, requests).forEach(problems::add);
        return new Findings(
                evidence.events().size(),
                expected.size(),
                evidence.requests().size(),
                dead,
                duplicates,
                allowed,
                answersLost,
                List.copyOf(problems));
    }

    private void checkEvents() {
        Set<String> ids = new HashSet<>();
        for (Event event : evidence.events()) {
            if (!ids.add(event.id())) {
                problem(
                        Kind.ROUTED_TWICE,
                        "",
                        "event " + event.id() + " is stored more than once, also at " + event.at());
            }
        }
        for (String id : evidence.acknowledged()) {
            if (!ids.contains(id)) {
                problem(Kind.LOST, "", "event " + id + " was acknowledged and is in no topic");
            }
        }
    }

    private void checkRequest(Request request) {
        Expected promised = expected.get(request.webhookId());
        if (promised == null) {
            misrouted(request, "is a delivery that nobody was promised");
        } else if (!promised.subscription().id().equals(request.subscription())) {
            misrouted(request, "is for subscription " + promised.subscription().id());
        } else if (!promised.event().id().equals(request.eventId())) {
            misrouted(request, "should carry event " + promised.event().id() + " and carries " + request.eventId());
        } else if (!promised.event().type().equals(request.type())) {
            misrouted(request, "should say type " + promised.event().type() + " and says " + request.type());
        }
        if (!request.isVerified()) {
            problem(Kind.BAD_SIGNATURE, request.webhookId(), "a request to " + request.subscription());
        }
    }

    private void misrouted(Request request, String why) {
        problem(Kind.MISROUTED, request.webhookId(), "a request to " + request.subscription() + " " + why);
    }

    private void checkNote(Note note) {
        Expected promised = expected.get(note.webhookId());
        if (promised == null || !promised.subscription().id().equals(note.subscription())) {
            problem(
                    Kind.MISROUTED,
                    note.webhookId(),
                    note.topic() + "-" + note.partition() + "@" + note.offset() + " is for " + note.subscription()
                            + ", which was not promised it");
        }
    }

    private void checkDelivery(Expected promised) {
        String id = promised.webhookId();
        List<Request> received = requests.getOrDefault(id, List.of());
        List<Attempted> recorded = attempts.getOrDefault(id, List.of());
        long routed = count(id, Note.Kind.ROUTED);
        long letters = count(id, Note.Kind.DEAD);
        boolean isAccepted = received.stream().anyMatch(Request::isAccepted);
        dead += letters > 0 ? 1 : 0;
        if (routed > 1) {
            problem(Kind.ROUTED_TWICE, id, "routed " + routed + " times");
        }
        if (!isAccepted && letters == 0) {
            problem(
                    Kind.LOST,
                    id,
                    "event " + promised.event().id() + " for "
                            + promised.subscription().id() + (routed == 0 ? " was never routed" : ""));
        }
        AttemptCheck.of(recorded, letters).ifPresent(text -> problem(Kind.ATTEMPTS_WRONG, id, text));
        if (promised.subscription().hasLog()) {
            checkRepetitions(promised, Pairing.of(received, recorded));
        }
    }

    private void checkRepetitions(Expected promised, Pairing pairing) {
        String id = promised.webhookId();
        long recorded = pairing.recordedDeliveries();
        duplicates += Math.max(0, recorded + pairing.unrecordedDeliveries() - 1);
        answersLost += pairing.answersLost();
        if (recorded > 1) {
            problem(Kind.UNEXPLAINED, id, "delivered again although it was recorded as delivered");
        }
        for (Request request : pairing.unrecorded()) {
            if (tenures.explaining(promised.subscription().partition(), request) == null) {
                problem(
                        Kind.UNEXPLAINED,
                        id,
                        "the request of " + History.time(request.receivedAtMs())
                                + " is not recorded, and no crash or move" + " explains it");
            } else if (request.isAccepted()) {
                allowed++;
            }
        }
        for (Attempted phantom : pairing.phantoms()) {
            problem(
                    Kind.ATTEMPTS_WRONG,
                    id,
                    "attempt " + phantom.number() + " was answered with " + phantom.status()
                            + ", but the receiver has no such request");
        }
    }

    private long count(String id, Note.Kind kind) {
        return notes.getOrDefault(id, List.of()).stream()
                .filter(note -> note.kind() == kind)
                .count();
    }

    private void problem(Kind kind, String webhookId, String text) {
        problems.add(new Problem(kind, webhookId, text));
    }

    private static <T> Map<String, List<T>> by(List<T> all, Function<T, String> key) {
        return all.stream().collect(Collectors.groupingBy(key, HashMap::new, Collectors.toList()));
    }
}
