package io.hookline.ops.command;

import io.hookline.avro.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts attempts by subscription and how they ended, and keeps the newest few; in bounded memory. */
final class AttemptTally {
    private static final int GROUPS_MAX = 50_000;
    private static final Key OTHERS = new Key("(others)", "");

    private final int rowsMax;
    private final Map<Key, Count> counts = new HashMap<>();
    private final PriorityQueue<Attempt> newest = new PriorityQueue<>(Comparator.comparing(Attempt::getStartedAt));
    private long attempts;

    /** What is counted together. */
    record Key(String subscription, String reason) {}

    /** How many, how long they took in all, and when the newest began. */
    record Count(long attempts, long latencyUs, Instant newest) {
        Count plus(Count more) {
            return new Count(
                    attempts + more.attempts,
                    latencyUs + more.latencyUs,
                    newest.isAfter(more.newest) ? newest : more.newest);
        }

        double latencyMsMean() {
            return Math.round(latencyUs / 100.0 / attempts) / 10.0;
        }
    }

    AttemptTally(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    void add(Attempt attempt) {
        attempts++;
        Key key = new Key(attempt.getSubscription(), attempt.getReason().name().toLowerCase(Locale.ROOT));
        Key counted = counts.containsKey(key) || counts.size() < GROUPS_MAX ? key : OTHERS;
        counts.merge(counted, new Count(1, attempt.getLatencyUs(), attempt.getStartedAt()), Count::plus);
        newest.add(attempt);
        if (newest.size() > rowsMax) {
            newest.poll();
        }
    }

    long attempts() {
        return attempts;
    }

    /** Most first. */
    List<Map.Entry<Key, Count>> counts() {
        List<Map.Entry<Key, Count>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Comparator.<Map.Entry<Key, Count>>comparingLong(
                        e -> -e.getValue().attempts())
                .thenComparing(e -> e.getKey().toString()));
        return sorted;
    }

    /** Oldest first, so that the newest is the last line. */
    List<Attempt> newest() {
        List<Attempt> rows = new ArrayList<>(newest);
        rows.sort(Comparator.comparing(Attempt::getStartedAt));
        return rows;
    }
}
