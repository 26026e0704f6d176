package io.hookline.producer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event to emit: its data and what is said about it. Immutable; every method that takes a value answers with a changed copy, and null
 * takes the value away. Nothing is checked here: {@link EventProducer} checks, and says what is wrong.
 *
 * @param data an Avro record (generated or generic), or JSON: a {@code Map}, a Jackson {@code JsonNode}, or text as {@code String},
 *     {@code byte[]} or {@code ByteBuffer} in UTF-8. JSON data is an object.
 * @param type event type; null: the record's {@code hookline.type} property, or its name in snake case. JSON needs one.
 * @param key ordering key: events of one type and key stay in order; null: the field that the record's {@code hookline.key} property
 *     names, and where there is none, no order
 * @param id unique within the source; null: a random UUID
 * @param source CloudEvents source; null: the setting {@code event.source}
 * @param time when it happened; null: now
 * @param subject CloudEvents subject
 * @param tenant whose event it is
 * @param traceparent W3C trace context, passed through
 * @param headers further headers. {@code ce_NAME} is the CloudEvents extension attribute NAME.
 */
public record Event(
        Object data,
        @Nullable String type,
        @Nullable ByteBuffer key,
        @Nullable String id,
        @Nullable String source,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String tenant,
        @Nullable String traceparent,
        Map<String, String> headers) {

    public Event {
        key = key == null ? null : key.asReadOnlyBuffer();
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** An event of nothing but data. */
    public static Event of(Object data) {
        return new Event(data, null, null, null, null, null, null, null, null, Map.of());
    }

    /** An event of a given type. */
    public static Event of(String type, Object data) {
        return of(data).type(type);
    }

    public Event type(@Nullable String value) {
        return new Event(data, value, key, id, source, time, subject, tenant, traceparent, headers);
    }

    public Event key(@Nullable String value) {
        return key(value == null ? null : ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** For keys that are not text. */
    public Event key(@Nullable ByteBuffer value) {
        return new Event(data, type, value, id, source, time, subject, tenant, traceparent, headers);
    }

    public Event id(@Nullable String value) {
        return new Event(data, type, key, value, source, time, subject, tenant, traceparent, headers);
    }

    public Event source(@Nullable String value) {
        return new Event(data, type, key, id, value, time, subject, tenant, traceparent, headers);
    }

    public Event time(@Nullable Instant value) {
        return new Event(data, type, key, id, source, value, subject, tenant, traceparent, headers);
    }

    public Event subject(@Nullable String value) {
        return new Event(data, type, key, id, source, time, value, tenant, traceparent, headers);
    }

    public Event tenant(@Nullable String value) {
        return new Event(data, type, key, id, source, time, subject, value, traceparent, headers);
    }

    public Event traceparent(@Nullable String value) {
        return new Event(data, type, key, id, source, time, subject, tenant, value, headers);
    }

    /** Sets one further header; those that an own method above sets are refused when the event is emitted. */
    public Event header(String name, @Nullable String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new Event(data, type, key, id, source, time, subject, tenant, traceparent, changed);
    }
}
