package io.hookline.deliverer.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One topic's partition of which parked records are read again: what is wanted of it, and where the reading stands. What was read and is not wanted
 * yet stays for a while: whoever reads on from there finds it.
 */
final class Reading {
    /** Rather than so many bytes of others' records are read, they are jumped over. */
    private static final long JUMP_BYTES = 16 * 1024;

    private static final long AGAIN_MS = 500;
    private static final int SMOOTHING = 16;

    private final TopicPartition topicPartition;
    private final Partition partition;
    private final TreeMap<Long, List<Target>> wanted = new TreeMap<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();

    /** Everything from the last jump up to here was read and looked at; -1 before any. */
    private long cursor = -1;

    /** Everything up to here was read; at or beyond the cursor. */
    private long position = -1;

    private long recordBytes = 1024;
    private long waitsUntilMs;
    private final Tap tap;
    private boolean isOutOfRange;

    Reading(TopicPartition topicPartition, Partition partition) {
        this.topicPartition = topicPartition;
        this.tap = new Tap(topicPartition);
        this.partition = partition;
    }

    TopicPartition topicPartition() {
        return topicPartition;
    }

    Partition partition() {
        return partition;
    }

    boolean isWanting() {
        return !wanted.isEmpty();
    }

    void want(long offset, Target target) {
        wanted.computeIfAbsent(offset, any -> new ArrayList<>(1)).add(target);
    }

    /** Sees to it that the next record to come is one that is wanted, or not far from one. */
    void move(Consumer<?, ?> consumer, long nowMs) {
        boolean waits = nowMs < waitsUntilMs;
        if (!waits && !isOutOfRange) {
            Long next = cursor < 0 ? null : wanted.ceilingKey(cursor);
            if (next == null) {
                jump(consumer, wanted.firstKey());
            } else if (next > position && (next - position) * recordBytes > JUMP_BYTES) {
                jump(consumer, next);
            }
        }
        pause(consumer, waits || !ahead.isEmpty());
    }

    private void jump(Consumer<?, ?> consumer, long offset) {
        ahead.clear();
        cursor = offset;
        position = offset;
        consumer.seek(topicPartition, offset);
    }

    /** The log no longer has where it stands: it goes on with the first record that is left, wherever that is. */
    void outOfRange() {
        isOutOfRange = true;
    }

    /**
     * Takes what was read.
     *
     * @param to everything below was
     */
    void read(List<ConsumerRecord<byte[], byte[]>> records, long to) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int size = record.value() == null ? 0 : record.value().length;
            recordBytes += (size - recordBytes) / SMOOTHING;
            ahead.addLast(record);
        }
        position = to;
    }

    /** The next record that is wanted, of those that were read; null for none. */
    @Nullable
    ConsumerRecord<byte[], byte[]> next() {
        while (!ahead.isEmpty()) {
            ConsumerRecord<byte[], byte[]> record = ahead.getFirst();
            Long next = wanted.ceilingKey(record.offset());
            if (next == null) {
                return null;
            }
            if (next == record.offset()) {
                return record;
            }
            ahead.removeFirst();
        }
        return null;
    }

    /** Who wants a record. */
    List<Target> wanting(ConsumerRecord<byte[], byte[]> record) {
        return wanted.getOrDefault(record.offset(), List.of());
    }

    /** The next record has been dealt with. */
    void taken(ConsumerRecord<byte[], byte[]> record) {
        ahead.removeFirst();
        wanted.remove(record.offset());
    }

    /** The next record cannot be used now; it is tried again after a while. */
    void again(long nowMs) {
        waitsUntilMs = nowMs + AGAIN_MS;
    }

    /**
     * What is wanted of what was read and was not there: it is not in the log any more; returned, and no longer wanted. So is what lies beyond the
     * end of a log that was cut off or made anew.
     */
    Map<Long, List<Target>> gone() {
        long to = ahead.isEmpty() ? position : ahead.getFirst().offset();
        Map<Long, List<Target>> passed = new TreeMap<>();
        if (cursor >= 0 && to > cursor) {
            passed = wanted.subMap(cursor, to);
        } else if (isOutOfRange && to < cursor) {
            passed = wanted.tailMap(cursor);
        }
        cursor = to;
        isOutOfRange = false;
        Map<Long, List<Target>> gone = new TreeMap<>(passed);
        passed.clear();
        return gone;
    }

    void pause(Consumer<?, ?> consumer, boolean is) {
        tap.pause(consumer, is);
    }
}
