package io.hookline.deliverer.loop;

import io.hookline.deliverer.track.OffsetTracker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic of an owned partition that works come from: records read and not yet admitted, and what of the topic is finished.
 */
final class Source {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    /** Reading stops at this many records, or bytes of them, that wait to be admitted. */
    private static final int RECORDS_MAX = 500;

    private static final long BYTES_MAX = 1 << 20;

    private final TopicPartition topicPartition;
    private final Kind kind;
    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final Reminder newerRelease = new Reminder();
    private OffsetTracker tracker;
    private @Nullable SpecificRecord head;
    private long bytes;
    private long readTo = -1;
    private final Tap tap;

    /** What its records are; who is first where several kinds wait, is first here. */
    enum Kind {
        LIVE(1),
        RETRY(2),
        CATCH_UP(4),
        REPLAY(8);

        static final List<Kind> BY_RANK = List.of(values());

        private final int bit;

        Kind(int bit) {
            this.bit = bit;
        }

        /** Its own bit in a set of kinds. */
        int bit() {
            return bit;
        }
    }

    Source(TopicPartition topicPartition, Kind kind, OffsetTracker tracker) {
        this.topicPartition = topicPartition;
        this.tap = new Tap(topicPartition);
        this.kind = kind;
        this.tracker = tracker;
    }

    TopicPartition topicPartition() {
        return topicPartition;
    }

    Kind kind() {
        return kind;
    }

    OffsetTracker tracker() {
        return tracker;
    }

    /**
     * Takes a record that was read. One with a lower offset than those before means that the topic was made anew: what was known of the old
     * one no longer counts.
     *
     * @return whether that was so
     */
    boolean add(ConsumerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> last = records.peekLast();
        boolean isAnew = record.offset() < (last == null ? tracker.next() : last.offset() + 1);
        if (isAnew) {
            LOG.error(
                    "offsets began again, the topic was made anew and is read from here: topic={} partition={} offset={}",
                    record.topic(),
                    record.partition(),
                    record.offset());
            records.clear();
            bytes = 0;
            head = null;
            tracker = new OffsetTracker(topicPartition.topic(), record.offset());
            readTo = -1;
        }
        records.addLast(record);
        bytes += size(record);
        return isAnew;
    }

    /** Everything before this offset was read: what lies between it and the last record holds none. */
    void readTo(long position) {
        readTo = position;
        skipEmpty();
    }

    private void skipEmpty() {
        if (records.isEmpty()) {
            tracker.skipTo(readTo);
        }
    }

    /** The next record to admit, or null. */
    @Nullable
    ConsumerRecord<byte[], byte[]> peek() {
        return records.peekFirst();
    }

    /** The next record has been dealt with. */
    void pop() {
        bytes -= size(records.removeFirst());
        head = null;
        skipEmpty();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** So much waits to be admitted that reading more is of no use. */
    boolean isFull() {
        return records.size() >= RECORDS_MAX || bytes >= BYTES_MAX;
    }

    /** The next record decoded, if that was done already. */
    @Nullable
    SpecificRecord head() {
        return head;
    }

    void head(SpecificRecord decoded) {
        head = decoded;
    }

    /** The next record is of a release to come: it stays, and everything behind it, until an instance of that release owns the partition. */
    void waitsForNewerRelease(RuntimeException why) {
        if (newerRelease.isDue()) {
            LOG.error(
                    "a record needs a newer release of the deliverer, its topic's partition waits for one: topic={} partition={} offset={}: {}",
                    topicPartition.topic(),
                    topicPartition.partition(),
                    records.isEmpty() ? -1 : records.getFirst().offset(),
                    why.getMessage());
        }
    }

    /** Stops or goes on reading it. */
    void pause(Consumer<?, ?> consumer, boolean is) {
        tap.pause(consumer, is);
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return (record.key() == null ? 0L : record.key().length)
                + (record.value() == null ? 0L : record.value().length);
    }
}
