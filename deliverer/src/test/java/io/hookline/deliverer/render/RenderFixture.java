package io.hookline.deliverer.render;

import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** A renderer with a registry behind it, and events to render. */
final class RenderFixture implements AutoCloseable {
    static final Instant RECORDED = Instant.parse("2026-11-24T12:00:00.5Z");
    static final EventAttributes JSON = attributes("application/json", null);
    static final EventAttributes AVRO = attributes(null, null);

    final ScriptedRegistry server = new ScriptedRegistry();
    final SchemaRegistryClient registry = SchemaRegistryClient.create(Map.of("schema.registry.url", server.url()));
    final Renderer renderer = new Renderer(registry);

    static EventAttributes attributes(String contentType, Instant time) {
        return new EventAttributes(null, null, null, time, null, null, contentType, null);
    }

    static Delivery delivery(byte[] event) {
        return new Delivery(
                1,
                ByteBuffer.wrap(event),
                null,
                List.of(),
                "events.order_created",
                0,
                0L,
                RECORDED,
                "order_created",
                null,
                List.of("s"),
                -1L,
                null);
    }

    Rendition standard(byte[] event, EventAttributes attributes) {
        return renderer.render(delivery(event), attributes, Recipe.of(PayloadFormat.STANDARD));
    }

    /** Registers the schema and fetches it, so that it is known. */
    int known(Schema schema) {
        int id = server.put("s", schema.toString());
        registry.fetch(id).join();
        return id;
    }

    static byte[] wire(int schemaId, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    static byte[] encoded(Object datum, Schema schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        registry.close();
        server.close();
    }
}
