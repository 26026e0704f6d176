package io.hookline.ops.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what is committed in partitions, to their end. The end is the <em>high watermark</em> at the start: a read-committed end offset
 * stops before records of an open transaction, and a transaction is open for a moment even after its commit was acknowledged, so a
 * reader that goes by it would miss what was written just before. Where a transaction stays open, {@link Open} says what to do. One thread.
 */
public final class PartitionReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);
    private static final long STALLED_MS_MAX = 15_000;
    private static final long SKIPPED_AFTER_MS = 1_500;

    private final KafkaConnection kafka;
    private final Consumer<byte[], byte[]> consumer;

    public PartitionReader(KafkaConnection kafka) {
        this.kafka = kafka;
        this.consumer = kafka.consumer();
    }

    /** What to do about a transaction that is still open when everything before it is read. */
    public enum Open {
        /** Wait for its end, and fail if that does not come: for who must not miss it. */
        WAIT,
        /** Wait {@value #SKIPPED_AFTER_MS} ms, then leave its records out. */
        SKIP
    }

    /** Takes each committed record, in offset order within a partition. */
    @FunctionalInterface
    public interface Handler {
        void record(ConsumerRecord<byte[], byte[]> read);
    }

    /** Reads everything the partitions hold. */
    public void readAll(Collection<TopicPartition> partitions, Open open, Handler handler) {
        read(partitions, Map.of(), open, handler);
    }

    /**
     * Reads from given offsets to the end.
     *
     * @param from first offset by partition; a partition that is absent is read from its beginning
     * @return the end each partition was read to: the offset after the last record, committed or not, that was there at the start
     * @throws ReadStalledException when a partition gives nothing for a while before its end
     */
    public Map<TopicPartition, Long> read(
            Collection<TopicPartition> partitions, Map<TopicPartition, Long> from, Open open, Handler handler) {
        Map<TopicPartition, Long> ends = ends(partitions);
        read(from, ends, open, handler, () -> false);
        return ends;
    }

    /**
     * Reads pieces of partitions.
     *
     * @param from first offset by partition; a partition that is absent is read from its beginning
     * @param ends by partition, of each that is to be read: the offset after the last record
     * @param enough asked now and then; true ends the reading
     * @throws ReadStalledException when a partition gives nothing for a while before its end
     */
    public void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Open open,
            Handler handler,
            BooleanSupplier enough) {
        start(ends.keySet(), from);
        Set<TopicPartition> unread = new HashSet<>(ends.keySet());
        long progressNs = System.nanoTime();
        while (true) {
            if (finish(unread, ends)) {
                progressNs = System.nanoTime();
            }
            if (unread.isEmpty() || enough.getAsBoolean()) {
                return;
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> read : records) {
                TopicPartition partition = new TopicPartition(read.topic(), read.partition());
                if (read.offset() < ends.getOrDefault(partition, 0L)) {
                    handler.record(read);
                }
            }
            if (!records.isEmpty()) {
                progressNs = System.nanoTime();
            } else {
                stalled(unread, ends, open, (System.nanoTime() - progressNs) / 1_000_000);
            }
        }
    }

    private void start(Collection<TopicPartition> partitions, Map<TopicPartition, Long> from) {
        consumer.assign(partitions);
        // Kafka keeps a partition paused that was assigned before.
        consumer.resume(partitions);
        for (TopicPartition partition : partitions) {
            Long offset = from.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
    }

    private void stalled(Set<TopicPartition> unread, Map<TopicPartition, Long> ends, Open open, long waitedMs) {
        if (open == Open.SKIP && waitedMs > SKIPPED_AFTER_MS) {
            Map<TopicPartition, Long> stable =
                    offsets(unread, OffsetSpec.latest(), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
            unread.removeIf(
                    partition -> consumer.position(partition) >= stable.getOrDefault(partition, Long.MAX_VALUE));
        }
        if (waitedMs > STALLED_MS_MAX && !unread.isEmpty()) {
            TopicPartition stuck = unread.iterator().next();
            throw new ReadStalledException(stuck, consumer.position(stuck), ends.getOrDefault(stuck, 0L), waitedMs);
        }
    }

    /** The committed record at exactly this offset, if there is one. */
    public Optional<ConsumerRecord<byte[], byte[]>> one(TopicPartition partition, long offset) {
        long end = ends(List.of(partition)).getOrDefault(partition, 0L);
        long first = starts(List.of(partition)).getOrDefault(partition, 0L);
        if (offset < first || offset >= end) {
            return Optional.empty();
        }
        start(List.of(partition), Map.of(partition, offset));
        long startNs = System.nanoTime();
        while (consumer.position(partition) <= offset && System.nanoTime() - startNs < STALLED_MS_MAX * 1_000_000) {
            for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
                return read.offset() == offset ? Optional.of(read) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Waits at most half a second for records from the given offsets on.
     *
     * @param positions by partition; moved on
     */
    public void follow(Map<TopicPartition, Long> positions, Handler handler) {
        if (!consumer.assignment().equals(positions.keySet())) {
            consumer.assign(positions.keySet());
            positions.forEach(consumer::seek);
        }
        consumer.resume(positions.keySet());
        consumer.poll(POLL).forEach(handler::record);
        positions.replaceAll((partition, before) -> consumer.position(partition));
    }

    /**
     * Waits at most half a second for records from an offset on.
     *
     * @return where to go on
     */
    public long follow(TopicPartition partition, long from, Handler handler) {
        if (!consumer.assignment().equals(Set.of(partition))) {
            consumer.assign(List.of(partition));
        }
        consumer.resume(List.of(partition));
        if (consumer.position(partition) != from) {
            consumer.seek(partition, from);
        }
        consumer.poll(POLL).forEach(handler::record);
        return consumer.position(partition);
    }

    /** High watermarks. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), new ListOffsetsOptions());
    }

    /** Offsets of the first records that are still there. */
    public Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), new ListOffsetsOptions());
    }

    /** First offsets whose records are not older than a time; -1 where there are none. */
    public Map<TopicPartition, Long> offsetsAt(Collection<TopicPartition> partitions, long timeMs) {
        return offsets(partitions, OffsetSpec.forTimestamp(timeMs), new ListOffsetsOptions());
    }

    /** All partitions of a topic. */
    public static List<TopicPartition> all(String topic, int partitions) {
        List<TopicPartition> all = new ArrayList<>(partitions);
        for (int p = 0; p < partitions; p++) {
            all.add(new TopicPartition(topic, p));
        }
        return all;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_MAX));
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec wanted, ListOffsetsOptions options) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, wanted));
        Map<TopicPartition, Long> found = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                kafka.await(kafka.admin().listOffsets(asked, options).all());
        answers.forEach((partition, answer) -> found.put(partition, answer.offset()));
        return found;
    }

    /** Stops fetching partitions that are read to their end; says whether there was one. */
    private boolean finish(Set<TopicPartition> open, Map<TopicPartition, Long> ends) {
        List<TopicPartition> finished = new ArrayList<>();
        for (TopicPartition partition : open) {
            if (consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
                finished.add(partition);
            }
        }
        consumer.pause(finished);
        finished.forEach(open::remove);
        return !finished.isEmpty();
    }
}
