package io.hookline.ops.status;

import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts what lies between positions and ends. Few records are read and counted; of many only the first of each partition is
 * read, for its time. One thread.
 */
final class Backlog {
    private static final long COUNTED_MAX = 20_000;

    private final PartitionReader reader;

    Backlog(PartitionReader reader) {
        this.reader = reader;
    }

    /** What is at positions or behind them, and how much of that was recorded at a time or before. */
    record Counted(Waiting all, long upTo) {}

    /**
     * @param positions where to begin, by partition
     * @param ends by partition
     * @param done finished records behind the positions, which do not wait
     * @param upToMs a time, milliseconds since 1970
     */
    Counted count(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends, long done, long upToMs) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> to = new HashMap<>();
        long offsets = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long position = positions.getOrDefault(end.getKey(), 0L);
            if (position < end.getValue()) {
                from.put(end.getKey(), position);
                to.put(end.getKey(), end.getValue());
                offsets += end.getValue() - position;
            }
        }
        if (to.isEmpty()) {
            return new Counted(Waiting.NOTHING, 0);
        }
        return offsets <= COUNTED_MAX ? read(from, to, done, upToMs) : estimate(from, to, offsets - done, upToMs);
    }

    private Counted read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, long done, long upToMs) {
        Tally tally = new Tally(upToMs);
        reader.read(from, to, Open.SKIP, tally::take, () -> false);
        long records = Math.max(0, tally.records - done);
        return new Counted(
                new Waiting(records, true, records == 0 ? null : tally.oldest), Math.min(records, tally.upTo));
    }

    private Counted estimate(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, long records, long upToMs) {
        Tally tally = new Tally(upToMs);
        reader.read(from, to, Open.SKIP, tally::take, () -> tally.seen.size() == to.size());
        long upTo = 0;
        for (Map.Entry<TopicPartition, Long> later :
                reader.offsetsAt(to.keySet(), upToMs + 1).entrySet()) {
            long end = to.getOrDefault(later.getKey(), 0L);
            long boundary = later.getValue() < 0 ? end : Math.min(end, later.getValue());
            upTo += Math.max(0, boundary - from.getOrDefault(later.getKey(), 0L));
        }
        return new Counted(new Waiting(records, false, tally.oldest), Math.min(records, upTo));
    }

    /** Counts records, and how many are not newer than a time. */
    private static final class Tally {
        private final long upToMs;
        private final Set<TopicPartition> seen = new HashSet<>();
        private long records;
        private long upTo;
        private @Nullable Instant oldest;

        Tally(long upToMs) {
            this.upToMs = upToMs;
        }

        void take(ConsumerRecord<byte[], byte[]> read) {
            records++;
            upTo += read.timestamp() <= upToMs ? 1 : 0;
            seen.add(new TopicPartition(read.topic(), read.partition()));
            Instant at = Instant.ofEpochMilli(read.timestamp());
            if (oldest == null || at.isBefore(oldest)) {
                oldest = at;
            }
        }
    }
}
