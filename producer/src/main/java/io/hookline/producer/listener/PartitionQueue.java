package io.hookline.producer.listener;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The fetched events of one partition, in order, of which the first may have to wait. On one thread. */
final class PartitionQueue {
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private @Nullable Head head;
    private Instant notBefore = Instant.MIN;
    private long bytes;

    void add(ConsumerRecord<byte[], byte[]> record) {
        waiting.addLast(record);
        bytes += bytes(record);
    }

    /** Bytes of the values held. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return head == null && waiting.isEmpty();
    }

    /** The first, if it need not wait. */
    Optional<Head> ready(Instant now) {
        if (head == null) {
            ConsumerRecord<byte[], byte[]> next = waiting.pollFirst();
            head = next == null ? null : Head.of(next);
        }
        return head == null || notBefore.isAfter(now) ? Optional.empty() : Optional.of(head);
    }

    /** When the first may be handled; long ago if now. */
    Instant notBefore() {
        return notBefore;
    }

    /** The first is through. */
    void done() {
        bytes -= head == null ? 0 : bytes(head.record());
        head = null;
        notBefore = Instant.MIN;
    }

    /** The first has to wait. Those behind it are let go, so that a partition that waits for long holds one event: they are read again. */
    void later(Head again, Instant at) {
        waiting.clear();
        bytes = bytes(again.record());
        head = again;
        notBefore = at;
    }

    private static int bytes(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedValueSize());
    }
}
