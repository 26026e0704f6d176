package io.hookline.prove.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of one delivery have a committed attempt that speaks of them. An attempt speaks of a request that came while it was under
 * way and was answered as the attempt says.
 *
 * @param recorded requests with their attempts
 * @param unrecorded requests without
 * @param phantoms attempts that say an answer came, of requests that the receiver never saw
 */
record Pairing(List<Pair> recorded, List<Request> unrecorded, List<Attempted> phantoms) {
    /** Clocks of one machine, rounded down by both sides. */
    private static final long EARLY_MS = 50;

    /** A loop reads its clock once a round and starts many attempts by it: on a loaded machine some really start this much later. */
    private static final long LATE_MS = 5_000;

    /** A request and the attempt that speaks of it. */
    record Pair(Request request, Attempted attempt) {
        boolean isAnswerLost() {
            return request.isAccepted() && attempt.status() == null;
        }
    }

    static Pairing of(List<Request> requests, List<Attempted> attempts) {
        List<Request> left = new ArrayList<>(requests);
        left.sort(Comparator.comparingLong(Request::receivedAtMs));
        List<Attempted> ordered = new ArrayList<>(attempts);
        ordered.sort(Comparator.comparingLong(Attempted::offset));
        List<Pair> recorded = new ArrayList<>();
        List<Attempted> phantoms = new ArrayList<>();
        for (Attempted attempt : ordered) {
            Request request = find(left, attempt);
            if (request != null) {
                left.remove(request);
                recorded.add(new Pair(request, attempt));
            } else if (attempt.number() > 0 && attempt.status() != null) {
                phantoms.add(attempt);
            }
        }
        return new Pairing(recorded, left, phantoms);
    }

    /** Accepted requests of which it is recorded that they were accepted. */
    long recordedDeliveries() {
        return recorded.stream()
                .filter(pair -> pair.request().isAccepted() && !pair.isAnswerLost())
                .count();
    }

    /** Accepted requests without a record. */
    long unrecordedDeliveries() {
        return unrecorded.stream().filter(Request::isAccepted).count();
    }

    /** Accepted requests of which it is recorded that no answer came: repeating them is a retry. */
    long answersLost() {
        return recorded.stream().filter(Pair::isAnswerLost).count();
    }

    private static @Nullable Request find(List<Request> requests, Attempted attempt) {
        if (attempt.number() == 0) {
            return null;
        }
        Request unanswered = null;
        for (Request request : requests) {
            if (isDuring(request, attempt)) {
                int answered = attempt.status() == null ? 0 : attempt.status();
                if (request.status() == answered) {
                    return request;
                }
                if (attempt.status() == null && unanswered == null) {
                    unanswered = request;
                }
            }
        }
        return unanswered;
    }

    private static boolean isDuring(Request request, Attempted attempt) {
        return request.receivedAtMs() >= attempt.startedAtMs() - EARLY_MS
                && request.receivedAtMs() <= attempt.endedAtMs() + LATE_MS;
    }
}
