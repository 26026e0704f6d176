package io.hookline.deliverer.loop;

import io.hookline.avro.Delivery;
import io.hookline.deliverer.render.Recipe;
import io.hookline.deliverer.render.Rendition;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.InvalidEventHeaderException;
import io.hookline.schemas.id.WebhookId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One record of deliveries (or a retry, or a replay), shared by the works that come of it: decoded once, rendered once a recipe. */
final class Group {
    private final Origin origin;
    private final Delivery delivery;
    private final EventAttributes attributes;
    private final int bytes;
    private final long acceptedAtMs;
    private final Map<Recipe, Rendition> renditions = new HashMap<>(2);
    private int works;

    /** @param record what it was read from */
    Group(Origin origin, Delivery delivery, ConsumerRecord<byte[], byte[]> record) {
        this.origin = origin;
        this.delivery = delivery;
        this.bytes = record.value().length;
        this.acceptedAtMs =
                delivery.getReplayId() == null ? delivery.getRecordedAt().toEpochMilli() : record.timestamp();
        this.attributes = attributes(delivery);
    }

    Origin origin() {
        return origin;
    }

    Delivery delivery() {
        return delivery;
    }

    EventAttributes attributes() {
        return attributes;
    }

    /** Size of the record's value. */
    int bytes() {
        return bytes;
    }

    /** Where its age is counted from: when the event was recorded; when it was asked for again, should it be a replay's. */
    long acceptedAtMs() {
        return acceptedAtMs;
    }

    /** Another of its works began; whether it is the first. */
    boolean began() {
        return works++ == 0;
    }

    /** One of its works is finished or parked; whether none is left in memory. */
    boolean left() {
        return --works == 0;
    }

    Rendition rendition(Recipe recipe, Function<Recipe, Rendition> render) {
        Rendition known = renditions.get(recipe);
        if (known instanceof Rendition.Pending pending && pending.result().isDone()) {
            known = keep(recipe, pending.result().join());
        }
        return known == null ? keep(recipe, render.apply(recipe)) : known;
    }

    /** What may be different the next time is not kept. */
    private Rendition keep(Recipe recipe, Rendition rendition) {
        if (rendition instanceof Rendition.NeedsSchema || rendition instanceof Rendition.NotNow) {
            renditions.remove(recipe);
        } else {
            renditions.put(recipe, rendition);
        }
        return rendition;
    }

    String webhookId(String subscription) {
        return WebhookId.of(
                attributes,
                delivery.getTopic(),
                delivery.getPartition(),
                delivery.getOffset(),
                delivery.getRecordedAt().toEpochMilli(),
                subscription);
    }

    /** The router lets no event with invalid headers pass; should one come all the same, it has none. */
    private static EventAttributes attributes(Delivery delivery) {
        try {
            return EventHeaders.read(visitor -> delivery.getHeaders()
                    .forEach(header -> visitor.header(header.getName(), bytes(header.getValue()))));
        } catch (InvalidEventHeaderException e) {
            return EventAttributes.NONE;
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
