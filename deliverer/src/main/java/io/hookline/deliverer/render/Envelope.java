package io.hookline.deliverer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.cloudevents.CloudEvent;
import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import io.hookline.schemas.event.EventAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Puts an event's data into the body that a format asks for. */
final class Envelope {
    static final String JSON = "application/json";

    private static final JsonStringEncoder QUOTER = JsonStringEncoder.getInstance();
    private static final byte[] AFTER = {'}'};

    private Envelope() {}

    static Rendition.Body of(Delivery delivery, EventAttributes attributes, PayloadFormat format, Data data)
            throws IOException {
        return switch (format) {
            case STANDARD -> standard(delivery, attributes, data);
            case RAW -> new Rendition.Body(bare(data), JSON);
            case CLOUDEVENTS_BINARY -> {
                CloudEvent event = CloudEvents.of(delivery, attributes, bare(data));
                yield new Rendition.Body(bare(data), JSON, CloudEvents.headers(event));
            }
            case CLOUDEVENTS_STRUCTURED -> CloudEvents.structured(CloudEvents.of(delivery, attributes, bare(data)));
            case UNKNOWN -> throw new IllegalArgumentException("Payload format " + format + " is not known.");
        };
    }

    /** The data alone. */
    static byte[] bare(Data data) throws IOException {
        return Json.text(data.bytesGuess(), data::write);
    }

    /** What a transform, as a filter, sees of the event: its attributes and its data. */
    static byte[] document(Delivery delivery, EventAttributes attributes, Data data) throws IOException {
        return Json.text(data.bytesGuess(), (out, bytes) -> {
            out.writeStartObject();
            out.writeStringField("type", delivery.getType());
            field(out, "source", attributes.source());
            field(out, "subject", attributes.subject());
            field(out, "tenant", delivery.getTenant());
            field(out, "id", attributes.id());
            out.writeStringField("time", timestamp(delivery, attributes.time()));
            out.writeFieldName("data");
            data.write(out, bytes);
            out.writeEndObject();
        });
    }

    private static void field(JsonGenerator out, String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(name, text);
        }
    }

    /**
     * Three texts around the data. Made by hand where the data is JSON text already, as it nearly always is: a generator would cost more than all
     * the rest of such a body.
     */
    private static Rendition.Body standard(Delivery delivery, EventAttributes attributes, Data data)
            throws IOException {
        String head = "{\"type\":\"" + new String(QUOTER.quoteAsString(delivery.getType())) + "\",\"timestamp\":\""
                + timestamp(delivery, attributes.time()) + "\",\"data\":";
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        byte[] body = data instanceof Data.Text text
                ? Json.between(before, text.bytes(), text.start(), AFTER)
                : Json.between(before, bare(data), 0, AFTER);
        return new Rendition.Body(body, JSON);
    }

    private static String timestamp(Delivery delivery, @Nullable Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time == null ? delivery.getRecordedAt() : time);
    }
}
