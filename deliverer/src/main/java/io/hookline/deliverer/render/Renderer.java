package io.hookline.deliverer.render;

import com.fasterxml.jackson.core.JacksonException;
import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Reason;
import io.hookline.deliverer.transform.Transform;
import io.hookline.deliverer.transform.Transforms;
import io.hookline.schemas.JsonFault;
import io.hookline.schemas.PlainText;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.GenericAvro;
import io.hookline.schemas.serde.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.generic.GenericRecord;

/**
 * Renders the body of a POST as a subscription asks for it.
 *
 * <ul>
 *   <li>{@code STANDARD}: {@code {"type","timestamp","data"}} of Standard Webhooks; the data of a JSON event stands in it byte for byte, that of
 *       an Avro event as {@link io.hookline.schemas.serde.AvroJson} writes it;
 *   <li>{@code CLOUDEVENTS_STRUCTURED}, {@code CLOUDEVENTS_BINARY}: the same data as a CloudEvent;
 *   <li>{@code RAW}: the event's bytes and content type as the platform service wrote them, or the result of the transform.
 * </ul>
 *
 * Never blocks: an unknown schema is an answer, transforms run on threads of their own.
 */
public final class Renderer {
    /** Largest body; an Avro event may become many times as long as JSON. */
    static final int BODY_BYTES_MAX = 16 << 20;

    private static final String OCTETS = "application/octet-stream";
    private static final int DETAIL_CHARS_MAX = 1_000;

    private final GenericAvro avro;
    private final PinnedSchemas pinned;
    private final Transforms transforms = new Transforms();

    public Renderer(SchemaRegistryClient registry) {
        this.avro = GenericAvro.raw(registry);
        this.pinned = new PinnedSchemas(registry, System::nanoTime);
    }

    /** Whether this release can render the format. */
    public static boolean knows(PayloadFormat format) {
        return format != PayloadFormat.UNKNOWN;
    }

    /**
     * @param delivery the event
     * @param attributes its attributes, as read from its headers
     */
    public Rendition render(Delivery delivery, EventAttributes attributes, Recipe recipe) {
        if (!knows(recipe.format())) {
            return new Rendition.Unreadable("Payload format " + recipe.format() + " is not known to this release.");
        }
        byte[] event = bytes(delivery.getEvent());
        if (recipe.isUntouched()) {
            return new Rendition.Body(event, Objects.requireNonNullElse(attributes.contentType(), OCTETS));
        }
        try {
            return attributes.isJson()
                    ? json(delivery, attributes, recipe, event)
                    : avro(delivery, attributes, recipe, event);
        } catch (UndecodableException e) {
            return unreadable("The event's Avro value cannot be read: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            return unreadable("The event cannot be rendered: " + e.getMessage());
        }
    }

    private Rendition json(Delivery delivery, EventAttributes attributes, Recipe recipe, byte[] event)
            throws IOException {
        int start = startOfUtf8(event);
        if (start < 0 || !Utf8Text.isValid(event, start)) {
            return unreadable("The event says it is JSON but is not UTF-8 text.");
        }
        try {
            Json.check(event, start);
        } catch (JacksonException e) {
            return unreadable(
                    "The event says it is JSON but is not" + JsonFault.of(e).atAndWhat() + ".");
        }
        return body(delivery, attributes, recipe, new Data.Text(event, start));
    }

    private Rendition avro(Delivery delivery, EventAttributes attributes, Recipe recipe, byte[] event)
            throws IOException {
        Decoded<GenericRecord> decoded = avro.decode(event);
        if (!(decoded instanceof Decoded.Value<GenericRecord> written)) {
            return new Rendition.NeedsSchema(decoded.schemaId());
        }
        Integer version = recipe.schemaVersion();
        return version == null
                ? body(delivery, attributes, recipe, new Data.Avro(written.value(), event.length))
                : projected(delivery, attributes, recipe, version, written.value(), event);
    }

    /** The event's record read as another version of its schema. */
    private Rendition projected(
            Delivery delivery,
            EventAttributes attributes,
            Recipe recipe,
            int version,
            GenericRecord written,
            byte[] event)
            throws IOException {
        String topic = delivery.getTopic();
        PinnedSchemas.Found found = pinned.known(topic, written.getSchema(), version);
        if (found == null) {
            return new Rendition.Pending(pinned.ask(topic, written.getSchema(), version)
                    .thenCompose(answer -> answer instanceof PinnedSchemas.Found.Silence silence
                            ? settled(new Rendition.NotNow(silence.detail()))
                            : settled(render(delivery, attributes, recipe))));
        }
        if (found instanceof PinnedSchemas.Found.Reader reader
                && reader.avro().decode(event) instanceof Decoded.Value<GenericRecord> read) {
            return body(delivery, attributes, recipe, new Data.Avro(read.value(), event.length));
        }
        String why = found instanceof PinnedSchemas.Found.None none ? none.detail() : "its schema is not known";
        return unreadable("The event cannot be shown in version " + version + " of its schema: " + why);
    }

    private static CompletableFuture<Rendition> settled(Rendition rendition) {
        return rendition instanceof Rendition.Pending pending
                ? pending.result()
                : CompletableFuture.completedFuture(rendition);
    }

    private Rendition body(Delivery delivery, EventAttributes attributes, Recipe recipe, Data data) throws IOException {
        Transform transform = recipe.transform();
        if (transform == null) {
            return Envelope.of(delivery, attributes, recipe.format(), data);
        }
        Instant time = Objects.requireNonNullElse(attributes.time(), delivery.getRecordedAt());
        byte[] document = Envelope.document(delivery, attributes, data);
        return new Rendition.Pending(transforms
                .apply(transform, document, time.toEpochMilli())
                .thenApply(outcome -> transformed(delivery, attributes, recipe.format(), outcome)));
    }

    private static Rendition transformed(
            Delivery delivery, EventAttributes attributes, PayloadFormat format, Transforms.Outcome outcome) {
        if (outcome instanceof Transforms.Outcome.Failed failed) {
            return new Rendition.Unreadable(Reason.TRANSFORM_FAILED, failed.detail());
        }
        try {
            return Envelope.of(
                    delivery, attributes, format, new Data.Text(((Transforms.Outcome.Result) outcome).json(), 0));
        } catch (IOException | RuntimeException e) {
            return unreadable("The event cannot be rendered: " + e.getMessage());
        }
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

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
