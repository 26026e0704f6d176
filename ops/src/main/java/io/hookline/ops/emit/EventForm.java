package io.hookline.ops.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.producer.Event;
import io.hookline.schemas.config.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of lines. With a type, a line is the event's data; without, it is a CloudEvents envelope in JSON, of which {@code type} and
 * {@code data} are required.
 *
 * @param type null: lines are envelopes
 * @param schemas the Avro schema of a type; empty: the data is emitted as JSON
 * @param key ordering key of all events; null: as {@code keyField} says
 * @param keyField path of the data's field that is the ordering key, such as {@code customer.id}
 * @param tenant tenant of all events; null: as {@code tenantField} says
 * @param tenantField path of the data's field that is the tenant
 * @param idField path of the data's field that is the CloudEvents id; null: a new one each
 * @param id CloudEvents id, for a single event
 * @param time when all events happened; null: as an envelope says, or now
 * @param subject CloudEvents subject of all events
 */
public record EventForm(
        @Nullable String type,
        Function<String, Optional<Schema>> schemas,
        @Nullable String key,
        @Nullable String keyField,
        @Nullable String tenant,
        @Nullable String tenantField,
        @Nullable String idField,
        @Nullable String id,
        @Nullable Instant time,
        @Nullable String subject) {
    private static final Set<String> ENVELOPE = new TreeSet<>(Set.of(
            "specversion",
            "type",
            "source",
            "id",
            "time",
            "subject",
            "tenant",
            "key",
            "partitionkey",
            "traceparent",
            "datacontenttype",
            "data"));

    /** @throws LineException saying what is wrong with the line */
    Event event(byte[] line) throws LineException {
        ObjectNode json = JsonLine.parse(line);
        return type == null ? envelope(json) : plain(json, type, Event.of(type, json));
    }

    private Event plain(ObjectNode data, String eventType, Event event) throws LineException {
        Event completed = event;
        String keyText = key != null ? key : field(data, keyField);
        if (keyText != null) {
            completed = completed.key(keyText);
        }
        String tenantText = tenant != null ? tenant : field(data, tenantField);
        if (tenantText != null) {
            completed = completed.tenant(tenantText);
        }
        String idText = id != null ? id : field(data, idField);
        if (idText != null) {
            completed = completed.id(idText);
        }
        if (time != null) {
            completed = completed.time(time);
        }
        if (subject != null) {
            completed = completed.subject(subject);
        }
        Optional<Schema> schema = schemas.apply(eventType);
        return schema.isPresent() ? withData(completed, JsonToAvro.record(data, schema.get())) : completed;
    }

    private Event envelope(ObjectNode json) throws LineException {
        for (String name : names(json)) {
            if (!ENVELOPE.contains(name)) {
                String meant = Suggestion.nearest(name, ENVELOPE)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("known are " + String.join(", ", ENVELOPE) + ".");
                throw new LineException(
                        0,
                        "the envelope has no attribute '" + name + "'; " + meant
                                + " To emit plain data, give the event type on the command line.");
            }
        }
        String eventType = text(json, "type");
        if (eventType == null || !(json.get("data") instanceof ObjectNode data)) {
            throw new LineException(
                    0,
                    "an envelope with 'type' and an object 'data' is expected, such as {\"type\":\"order_created\",\"data\":{}}; to emit"
                            + " plain data, give the event type on the command line.");
        }
        Event event = Event.of(eventType, data)
                .id(text(json, "id"))
                .source(text(json, "source"))
                .subject(text(json, "subject"))
                .tenant(text(json, "tenant"))
                .traceparent(text(json, "traceparent"))
                .time(time(json));
        String envelopeKey = json.has("key") ? text(json, "key") : text(json, "partitionkey");
        return plain(data, eventType, envelopeKey == null ? event : event.key(envelopeKey));
    }

    private static Event withData(Event event, Object data) {
        return new Event(
                data,
                event.type(),
                event.key(),
                event.id(),
                event.source(),
                event.time(),
                event.subject(),
                event.tenant(),
                event.traceparent(),
                event.headers());
    }

    private static @Nullable Instant time(ObjectNode json) throws LineException {
        String text = text(json, "time");
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new LineException(
                    0, "time is '" + text + "'; an RFC 3339 time is expected, such as 2026-11-24T08:30:00Z.");
        }
    }

    private static @Nullable String text(ObjectNode json, String name) throws LineException {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new LineException(0, "attribute '" + name + "' is " + value + "; text is expected.");
        }
        return value.textValue();
    }

    /** The value at a path of field names, as text. */
    private static @Nullable String field(ObjectNode data, @Nullable String path) throws LineException {
        if (path == null) {
            return null;
        }
        JsonNode at = data;
        for (String name : path.split("\\.", -1)) {
            at = at.path(name);
        }
        if (at.isTextual() || at.isIntegralNumber()) {
            return at.asText();
        }
        throw new LineException(
                0,
                "field '" + path + "' is " + (at.isMissingNode() ? "missing" : at) + "; text or a whole number is"
                        + " expected there.");
    }

    private static Set<String> names(ObjectNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
