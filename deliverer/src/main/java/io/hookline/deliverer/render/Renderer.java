package io.hookline.deliverer.render;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import io.hookline.schemas.PlainText;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.AvroJson;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.GenericAvro;
import io.hookline.schemas.serde.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Renders the body of a POST in the format a subscription asks for.
 *
 * <ul>
 *   <li>{@code STANDARD}: {@code {"type","timestamp","data"}} of Standard Webhooks; the data of a JSON event stands in it byte for byte, that of
 *       an Avro event as {@link AvroJson} writes it;
 *   <li>{@code RAW}: the event's bytes and content type as the platform service wrote them.
 * </ul>
 *
 * Never blocks: an unknown schema is an answer.
 */
public final class Renderer {
    /** Largest body; an Avro event may become many times as long as JSON. */
    static final int BODY_BYTES_MAX = 16 << 20;

    private static final String JSON = "application/json";
    private static final String OCTETS = "application/octet-stream";
    private static final int DEPTH_MAX = 500;
    private static final int DETAIL_CHARS_MAX = 1_000;

    /** Numbers, names and texts are as long as the event allows; only what nests costs more than its bytes. */
    private static final JsonFactory JSON_FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private final GenericAvro avro;

    public Renderer(SchemaRegistryClient registry) {
        this.avro = GenericAvro.raw(registry);
    }

    /** Whether this release can render the format. */
    public static boolean knows(PayloadFormat format) {
        return format == PayloadFormat.STANDARD || format == PayloadFormat.RAW;
    }

    /**
     * @param delivery the event
     * @param attributes its attributes, as read from its headers
     */
    public Rendition render(Delivery delivery, EventAttributes attributes, PayloadFormat format) {
        return switch (format) {
            case STANDARD -> standard(delivery, attributes);
            case RAW -> raw(delivery, attributes);
            case CLOUDEVENTS_BINARY, CLOUDEVENTS_STRUCTURED, UNKNOWN ->
                new Rendition.Unreadable("Payload format " + format + " is not known to this release.");
        };
    }

    private static Rendition raw(Delivery delivery, EventAttributes attributes) {
        String contentType = attributes.contentType();
        return new Rendition.Body(bytes(delivery.getEvent()), contentType == null ? OCTETS : contentType);
    }

    private Rendition standard(Delivery delivery, EventAttributes attributes) {
        byte[] event = bytes(delivery.getEvent());
        try {
            return attributes.isJson() ? json(delivery, attributes, event) : avro(delivery, attributes, event);
        } catch (IOException | RuntimeException e) {
            return unreadable("The event cannot be rendered: " + e.getMessage());
        }
    }

    private Rendition avro(Delivery delivery, EventAttributes attributes, byte[] event) throws IOException {
        Decoded<GenericRecord> decoded;
        try {
            decoded = avro.decode(event);
        } catch (UndecodableException e) {
            return unreadable("The event's Avro value cannot be read: " + e.getMessage());
        }
        if (decoded instanceof Decoded.Value<GenericRecord> known) {
            GenericRecord record = known.value();
            return body(
                    delivery,
                    attributes,
                    event.length * 2,
                    (out, bytes) -> AvroJson.write(record, record.getSchema(), out));
        }
        return new Rendition.NeedsSchema(decoded.schemaId());
    }

    private static Rendition json(Delivery delivery, EventAttributes attributes, byte[] event) throws IOException {
        int start = startOfUtf8(event);
        if (start < 0 || !Utf8Text.isValid(event, start)) {
            return unreadable("The event says it is JSON but is not UTF-8 text.");
        }
        try {
            checkJson(event, start);
        } catch (JacksonException e) {
            return unreadable("The event says it is JSON but is not: " + e.getOriginalMessage());
        }
        return body(delivery, attributes, event.length, (out, bytes) -> {
            out.writeRawValue("");
            out.flush();
            bytes.write(event, start, event.length - start);
        });
    }

    private static Rendition.Unreadable unreadable(String detail) {
        return new Rendition.Unreadable(PlainText.oneLine(detail, DETAIL_CHARS_MAX));
    }

    /** Index of the first byte after a byte order mark, or -1 where the text is UTF-16 or UTF-32. */
    private static int startOfUtf8(byte[] text) {
        for (int i = 0; i < Math.min(4, text.length); i++) {
            if (text[i] == 0 || text[i] == (byte) 0xfe || text[i] == (byte) 0xff) {
                return -1;
            }
        }
        boolean mark = text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    private static void checkJson(byte[] text, int start) throws IOException {
        try (JsonParser parser = JSON_FACTORY.createParser(text, start, text.length - start)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "there is no value");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after the value");
            }
        }
    }

    @FunctionalInterface
    private interface Data {
        void write(JsonGenerator out, ByteArrayOutputStream bytes) throws IOException;
    }

    private static Rendition body(Delivery delivery, EventAttributes attributes, int sizeGuess, Data data)
            throws IOException {
        ByteArrayOutputStream bytes = new BoundedBytes(sizeGuess + 128, BODY_BYTES_MAX);
        try (JsonGenerator out = JSON_FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("type", delivery.getType());
            out.writeStringField("timestamp", timestamp(delivery, attributes.time()));
            out.writeFieldName("data");
            data.write(out, bytes);
            out.writeEndObject();
        }
        return new Rendition.Body(bytes.toByteArray(), JSON);
    }

    private static String timestamp(Delivery delivery, @Nullable Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time == null ? delivery.getRecordedAt() : time);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
