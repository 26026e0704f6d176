package io.hookline.prove.check;

import io.hookline.prove.check.Problem.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that topics and receivers say of one delivery, in the order of time. */
public final class History {
    private static final int CANDIDATES_MAX = 200;

    private History() {}

    private record Line(long atMs, String text) {}

    /** The problem of this kind with the shortest history, followed by that history; empty without one. */
    public static Optional<List<String>> shortest(Evidence evidence, Findings findings, Kind kind) {
        Map<String, Expected> expected = Expected.of(evidence.events(), evidence.subscriptions());
        return findings.problems().stream()
                .filter(problem -> problem.kind() == kind)
                .limit(CANDIDATES_MAX)
                .map(problem -> told(evidence, expected, problem))
                .min(Comparator.comparingInt(List::size));
    }

    private static List<String> told(Evidence evidence, Map<String, Expected> expected, Problem problem) {
        String id = problem.webhookId();
        List<String> told = new ArrayList<>();
        told.add(kind(problem) + " " + id + ": " + problem.text());
        Expected delivery = expected.get(id);
        List<Line> lines = new ArrayList<>();
        if (delivery != null) {
            told.add("  subscription " + delivery.subscription().id() + ", partition "
                    + delivery.subscription().partition());
            Event event = delivery.event();
            lines.add(new Line(event.recordedAtMs(), "event " + event.id() + " in " + event.at()));
        }
        evidence.notes().stream()
                .filter(note -> note.webhookId().equals(id))
                .forEach(note -> lines.add(new Line(
                        note.atMs(), note.topic() + "-" + note.partition() + "@" + note.offset() + " " + note.what())));
        evidence.attempts().stream()
                .filter(attempt -> attempt.webhookId().equals(id))
                .forEach(attempt -> lines.add(new Line(
                        attempt.startedAtMs(),
                        "attempts@" + attempt.offset() + " number " + attempt.number() + ", ended "
                                + time(attempt.endedAtMs()) + ", status " + attempt.status() + ", " + attempt.reason()
                                + ", then " + attempt.next())));
        evidence.requests().stream()
                .filter(request -> request.webhookId().equals(id))
                .forEach(request -> lines.add(new Line(
                        request.receivedAtMs(),
                        "receiver: made " + time(request.sentAtMs()) + ", ended " + time(request.endedAtMs())
                                + ", answered " + request.status())));
        if (delivery != null) {
            addOwners(evidence, delivery.subscription().partition(), lines);
        }
        lines.sort(Comparator.comparingLong(Line::atMs));
        lines.forEach(line -> told.add("  " + time(line.atMs()) + "  " + line.text()));
        return told;
    }

    /** What happened to deliverers, and where the partition's owner changed, within the time of the other lines. */
    private static void addOwners(Evidence evidence, int partition, List<Line> lines) {
        long from = lines.stream().mapToLong(Line::atMs).min().orElse(0);
        long to = lines.stream().mapToLong(Line::atMs).max().orElse(0);
        List<Line> owners = new ArrayList<>();
        evidence.interruptions()
                .forEach(one -> owners.add(new Line(one.atMs(), "(" + one.what() + " " + one.instance() + ")")));
        String owner = "";
        for (Commit commit : evidence.commits()) {
            if (commit.partition() == partition && !commit.instance().equals(owner)) {
                owner = commit.instance();
                owners.add(new Line(commit.atMs(), "(first checkpoint of " + owner + ")"));
            }
        }
        owners.removeIf(line -> line.atMs() < from || line.atMs() > to);
        lines.addAll(owners);
    }

    private static String kind(Problem problem) {
        return problem.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** UTC, to the millisecond. */
    static String time(long atMs) {
        return Instant.ofEpochMilli(atMs).toString();
    }
}
