package io.hookline.router.route;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of an event topic, as it was read. Its arrays are not copied and must not change.
 *
 * @param topic topic's full name
 * @param recordedAtMs the record's timestamp, milliseconds since 1970
 * @param key ordering key
 * @param value the event's data; null is a tombstone, which is no event
 */
public record SourceEvent(
        String topic,
        int partition,
        long offset,
        long recordedAtMs,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {
    /** Where it is, for messages. */
    public String position() {
        return topic + "-" + partition + "@" + offset;
    }
}
