package io.hookline.ops.dead;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.InvalidEventHeaderException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.serde.AvroJson;
import io.hookline.schemas.serde.GenericAvro;
import io.hookline.schemas.serde.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.apache.avro.generic.GenericRecord;

/** An event for people: JSON as it is, Avro as JSON, anything else in base 64. */
public final class EventText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GenericAvro avro;

    public EventText(KafkaConnection kafka) {
        this.avro = GenericAvro.raw(kafka.registry());
    }

    /** The event of a delivery. */
    public JsonNode of(Delivery delivery) {
        byte[] bytes = bytes(delivery.getEvent());
        try {
            if (attributes(delivery).isJson()) {
                return JSON.readTree(bytes);
            }
            return json(avro.decodeBlocking(bytes));
        } catch (UndecodableException | RegistryException | IOException e) {
            return TextNode.valueOf("(base64) " + Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Over several lines. */
    public String pretty(Object event) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            return String.valueOf(event);
        }
    }

    private static JsonNode json(GenericRecord record) throws IOException {
        TokenBuffer buffer = new TokenBuffer(JSON, false);
        try (JsonGenerator generator = buffer) {
            AvroJson.write(record, record.getSchema(), generator);
        }
        return JSON.readTree(buffer.asParser());
    }

    /** What an event says of itself; nothing where its headers cannot be read. */
    public static EventAttributes attributes(Delivery delivery) {
        try {
            return EventHeaders.read(visitor -> {
                for (EventHeader header : delivery.getHeaders()) {
                    ByteBuffer value = header.getValue();
                    visitor.header(header.getName(), value == null ? null : bytes(value));
                }
            });
        } catch (InvalidEventHeaderException e) {
            return EventAttributes.NONE;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
