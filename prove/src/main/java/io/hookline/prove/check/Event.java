package io.hookline.prove.check;

import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.id.WebhookId;
import org.jspecify.annotations.Nullable;

/**
 * One committed record of an event topic.
 *
 * @param attributes what its headers say: id, source, type, tenant, time
 * @param key ordering key
 * @param quantity the field that filters look at; null where the type has none
 * @param recordedAtMs the record's timestamp, milliseconds since 1970
 */
public record Event(
        EventAttributes attributes,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable Integer quantity,
        long recordedAtMs) {

    /** The CloudEvents id; the workload gives every event its own. */
    public String id() {
        return String.valueOf(attributes.id());
    }

    public String type() {
        return String.valueOf(attributes.type());
    }

    /** The id that its delivery to this subscription must have. */
    String webhookId(String subscription) {
        return WebhookId.of(attributes, topic, partition, offset, recordedAtMs, subscription);
    }

    /** Where it is, for people. */
    String at() {
        return topic + "-" + partition + "@" + offset;
    }
}
