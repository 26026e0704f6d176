package io.hookline.deliverer.loop;

import io.hookline.deliverer.track.OffsetTracker;
import io.hookline.schemas.serde.Decoded;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One topic of an owned partition that works come from: records read and not yet admitted, and what of the topic is finished.
 */
final class Source {
    private final TopicPartition topicPartition;
    private final Kind kind;
    private final OffsetTracker tracker;
    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private @Nullable Decoded<? extends SpecificRecord> head;
    private boolean isPaused;
    private long fullSinceMs = Long.MAX_VALUE;

    /** What its records are. */
    enum Kind {
        LIVE,
        REPLAY,
        RETRY
    }

    Source(TopicPartition topicPartition, Kind kind, OffsetTracker tracker) {
        this.topicPartition = topicPartition;
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

    void add(ConsumerRecord<byte[], byte[]> record) {
        records.addLast(record);
    }

    /** The next record to admit, or null. */
    @Nullable
    ConsumerRecord<byte[], byte[]> peek() {
        return records.peekFirst();
    }

    /** The next record has been dealt with. */
    void pop() {
        records.removeFirst();
        head = null;
        fullSinceMs = Long.MAX_VALUE;
    }

    int size() {
        return records.size();
    }

    /** The next record decoded, if that was done already. */
    @Nullable
    Decoded<? extends SpecificRecord> head() {
        return head;
    }

    void head(Decoded<? extends SpecificRecord> decoded) {
        head = decoded;
    }

    boolean isPaused() {
        return isPaused;
    }

    void paused(boolean is) {
        isPaused = is;
    }

    /** Notes that the next record finds a queue full; since when, in milliseconds since 1970. */
    long fullSince(long nowMs) {
        fullSinceMs = Math.min(fullSinceMs, nowMs);
        return fullSinceMs;
    }
}
