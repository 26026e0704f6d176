package io.hookline.producer.listener;

import io.hookline.producer.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The event whose turn it is in a partition.
 *
 * @param record the event
 * @param failures of its handler so far
 * @param waits because of something else than its handler (registry, Kafka)
 * @param result what is to be published, where the handler is through and publishing had to wait
 */
record Head(
        ConsumerRecord<byte[], byte[]> record,
        int failures,
        int waits,
        @Nullable Event result) {
    static Head of(ConsumerRecord<byte[], byte[]> record) {
        return new Head(record, 0, 0, null);
    }

    Head failed() {
        return new Head(record, failures + 1, waits, null);
    }

    Head waited(@Nullable Event toPublish) {
        return new Head(record, failures, waits + 1, toPublish);
    }

    /** For messages. */
    String place() {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }
}
