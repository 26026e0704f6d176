package io.hookline.producer;

import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka record of an event: fills in what the event leaves open, checks everything. Touches the network only through the value
 * serializer, and asks for the topic before that.
 */
final class EventEncoder {
    private static final String JSON = "application/json";

    /** How the value comes about, once the topic is known. */
    private interface Value {
        byte[] in(String topic, Headers headers);
    }

    private final String source;
    private final TopicDirectory topics;
    private final ValueSerializer serializer;
    private final InstantSource clock;
    private final Supplier<String> ids;

    EventEncoder(
            ProducerSettings settings,
            TopicDirectory topics,
            ValueSerializer serializer,
            InstantSource clock,
            Supplier<String> ids) {
        this.source = settings.source();
        this.topics = topics;
        this.serializer = serializer;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * @throws InvalidEventException if the event can never be emitted as it is
     * @throws EmitException if it cannot be emitted now
     */
    PreparedEvent encode(Event event) {
        Object data = event.data();
        if (data == null) {
            throw new InvalidEventException("The event's data is null: an event is an Avro record or a JSON object.");
        }
        String type = type(event, data);
        HeaderRules.check(event, type);
        if (data instanceof IndexedRecord record) {
            RecordCheck.check(type, record);
            return encode(
                    event,
                    type,
                    OrderingKey.of(record, event.key()),
                    null,
                    (topic, headers) -> serializer.serialize(type, topic, headers, record));
        }
        byte[] json = JsonData.bytes(type, data);
        return encode(event, type, OrderingKey.of(event.key()), JSON, (topic, headers) -> json);
    }

    private PreparedEvent encode(
            Event event, String type, byte @Nullable [] key, @Nullable String contentType, Value value) {
        if (key != null && key.length == 0) {
            throw new InvalidEventException("Event of type '" + type
                    + "' has an empty ordering key: give one, or leave it out" + " if the order does not matter.");
        }
        String topic = topics.require(type);
        String given = event.id();
        String id = given == null ? ids.get() : given;
        Headers headers = headers(event, type, id, contentType);
        byte[] bytes = value.in(topic, headers);
        int size = checkedSize(type, key, bytes, headers);
        return new PreparedEvent(type, id, new ProducerRecord<>(topic, null, null, key, bytes, headers), size);
    }

    private static String type(Event event, Object data) {
        String type = event.type();
        if (type == null) {
            if (!(data instanceof IndexedRecord record)) {
                throw new InvalidEventException(
                        JsonData.isJson(data)
                                ? "A JSON event has no type of its own: give it one, as in Event.of(\"order_created\", data)."
                                : notAnEvent(data));
            }
            type = EventTypes.of(record.getSchema());
        } else if (!(data instanceof IndexedRecord) && !JsonData.isJson(data)) {
            throw new InvalidEventException(notAnEvent(data));
        }
        if (!TopicNames.isEventType(type)) {
            throw new InvalidEventException("Event type '" + type + "' cannot name a topic: 1 to "
                    + TopicNames.TYPE_LENGTH_MAX + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        return type;
    }

    private static String notAnEvent(Object data) {
        return "A " + data.getClass().getName()
                + " is no event: give an Avro record, or JSON as a Map, a JsonNode, a String" + " or bytes.";
    }

    private Headers headers(Event event, String type, String id, @Nullable String contentType) {
        Headers headers = new RecordHeaders();
        EventHeaders.write(
                new EventAttributes(
                        id,
                        event.source() == null ? source : event.source(),
                        type,
                        event.time() == null ? clock.instant() : event.time(),
                        event.subject(),
                        event.tenant(),
                        contentType,
                        event.traceparent()),
                headers);
        event.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private static int checkedSize(String type, byte @Nullable [] key, byte[] value, Headers headers) {
        int keyBytes = key == null ? 0 : key.length;
        long headerBytes = 0;
        for (Header header : headers) {
            byte[] headerValue = header.value();
            headerBytes += Utils.utf8Length(header.key()) + (headerValue == null ? 0 : headerValue.length);
        }
        long bytes = headerBytes + keyBytes + value.length;
        if (bytes > TopicCatalogue.EVENT_BYTES_MAX) {
            throw new InvalidEventException("Event of type '" + type + "' has " + bytes + " bytes (value "
                    + value.length
                    + ", key " + keyBytes + ", headers " + headerBytes + "); at most " + TopicCatalogue.EVENT_BYTES_MAX
                    + " are accepted. Emit a reference to the large part instead.");
        }
        return (int) bytes;
    }
}
