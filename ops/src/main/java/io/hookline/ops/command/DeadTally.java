package io.hookline.ops.command;

import io.hookline.ops.dead.DeadLetterRow;
import io.hookline.schemas.event.DeadLetterHeaders.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts dead letters by subscription, type and reason, and keeps the newest few; in bounded memory. */
final class DeadTally {
    private static final int GROUPS_MAX = 50_000;
    private static final Key OTHERS = new Key("(others)", "", "");

    private final int rowsMax;
    private final Map<Key, Count> counts = new HashMap<>();
    private final PriorityQueue<DeadLetterRow> newest =
            new PriorityQueue<>(Comparator.comparing(DeadLetterRow::recordedAt)
                    .thenComparing(row -> row.id().offset()));
    private long deliveries;

    /** What is counted together. */
    record Key(String subscription, String type, String reason) {}

    /** How many, and when the newest was recorded. */
    record Count(long deliveries, Instant newest) {
        Count plus(long more, Instant at) {
            return new Count(deliveries + more, newest.isAfter(at) ? newest : at);
        }
    }

    DeadTally(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    void add(DeadLetterRow row) {
        Summary summary = row.summary();
        deliveries += summary.count();
        Key key = new Key(
                text(summary.subscription()),
                text(summary.type()),
                summary.reason().name().toLowerCase(Locale.ROOT));
        Key counted = counts.containsKey(key) || counts.size() < GROUPS_MAX ? key : OTHERS;
        counts.merge(
                counted,
                new Count(summary.count(), row.recordedAt()),
                (old, more) -> old.plus(more.deliveries(), more.newest()));
        newest.add(row);
        if (newest.size() > rowsMax) {
            newest.poll();
        }
    }

    long deliveries() {
        return deliveries;
    }

    /** Largest first. */
    List<Map.Entry<Key, Count>> counts() {
        List<Map.Entry<Key, Count>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Comparator.<Map.Entry<Key, Count>>comparingLong(
                        e -> -e.getValue().deliveries())
                .thenComparing(e -> e.getKey().toString()));
        return sorted;
    }

    /** Newest first. */
    List<DeadLetterRow> newest() {
        List<DeadLetterRow> rows = new ArrayList<>(newest);
        rows.sort(Comparator.comparing(DeadLetterRow::recordedAt)
                .thenComparing(row -> row.id().offset())
                .reversed());
        return rows;
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
