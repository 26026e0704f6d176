package io.hookline.ops.command;

import io.hookline.ops.pipeline.PipelineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts records by fault, stage and topic, and keeps the newest few without their values; in bounded memory. */
final class PipelineTally {
    private static final int GROUPS_MAX = 10_000;
    private static final Key OTHERS = new Key("(others)", "", "");
    private static final Comparator<PipelineRow> BY_TIME = Comparator.comparing(PipelineRow::keptAt)
            .thenComparing(row -> row.id().offset());

    private final int rowsMax;
    private final Map<Key, Count> counts = new HashMap<>();
    private final PriorityQueue<PipelineRow> newest = new PriorityQueue<>(BY_TIME);
    private long records;

    /** What is counted together. */
    record Key(String fault, String stage, String topic) {}

    /** How many, and when the newest was kept. */
    record Count(long records, Instant newest) {
        Count plus(Count more) {
            return new Count(records + more.records, newest.isAfter(more.newest) ? newest : more.newest);
        }
    }

    PipelineTally(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    void add(PipelineRow row) {
        records++;
        Key key = new Key(
                row.dead().getFault().name().toLowerCase(Locale.ROOT),
                row.dead().getStage().name().toLowerCase(Locale.ROOT),
                row.dead().getTopic());
        Key counted = counts.containsKey(key) || counts.size() < GROUPS_MAX ? key : OTHERS;
        counts.merge(counted, new Count(1, row.keptAt()), Count::plus);
        row.dead().setValue(null);
        row.dead().setHeaders(List.of());
        newest.add(row);
        if (newest.size() > rowsMax) {
            newest.poll();
        }
    }

    long records() {
        return records;
    }

    /** Largest first. */
    List<Map.Entry<Key, Count>> counts() {
        List<Map.Entry<Key, Count>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Comparator.<Map.Entry<Key, Count>>comparingLong(
                        entry -> -entry.getValue().records())
                .thenComparing(entry -> entry.getKey().toString()));
        return sorted;
    }

    /** Newest first. */
    List<PipelineRow> newest() {
        return newest.stream().sorted(BY_TIME.reversed()).toList();
    }
}
