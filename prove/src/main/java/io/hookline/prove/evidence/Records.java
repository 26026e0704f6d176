package io.hookline.prove.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.avro.Attempt;
import io.hookline.avro.Checkpoint;
import io.hookline.avro.Delivery;
import io.hookline.avro.Ordering;
import io.hookline.avro.Subscription;
import io.hookline.prove.check.Attempted;
import io.hookline.prove.check.Commit;
import io.hookline.prove.check.Event;
import io.hookline.prove.check.Wanted;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.id.WebhookId;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.GenericAvro;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** From records of topics to the checker's own. */
final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUANTITY = "quantity";
    private static final String OWNER_BEGIN = "hookline-deliverer-";

    private final GenericAvro avro;

    Records(SchemaRegistryClient registry) {
        this.avro = GenericAvro.raw(registry);
    }

    Event event(ConsumerRecord<byte[], byte[]> record) {
        EventAttributes attributes = EventHeaders.read(record.headers());
        byte[] key = record.key();
        return new Event(
                attributes,
                record.topic(),
                record.partition(),
                record.offset(),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                quantity(attributes, record.value()),
                record.timestamp());
    }

    private @Nullable Integer quantity(EventAttributes attributes, byte[] value) {
        if (attributes.isJson()) {
            try {
                JsonNode quantity = JSON.readTree(value).path(QUANTITY);
                return quantity.isInt() ? quantity.intValue() : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        GenericRecord record = avro.decodeBlocking(value);
        return record.hasField(QUANTITY) && record.get(QUANTITY) instanceof Integer quantity ? quantity : null;
    }

    /** The newest version of a subscription. */
    static Wanted wanted(Subscription subscription, int partition, boolean hasLog) {
        return new Wanted(
                subscription.getId(),
                partition,
                subscription.getPlatformWide() ? null : subscription.getTenant(),
                subscription.getEventTypes(),
                quantityMin(subscription.getFilter()),
                subscription.getCreatedAt().toEpochMilli(),
                subscription.getOrdering() == Ordering.KEY
                        ? Wanted.Ordering.KEY
                        : subscription.getOrdering() == Ordering.ENDPOINT
                                ? Wanted.Ordering.ENDPOINT
                                : Wanted.Ordering.NONE,
                hasLog);
    }

    /** The one filter that subscriptions of a run have: {@code {"data":{"quantity":[{"numeric":[">=",N]}]}}}. */
    private static @Nullable Integer quantityMin(@Nullable String filter) {
        if (filter == null) {
            return null;
        }
        try {
            JsonNode least = JSON.readTree(filter).at("/data/quantity/0/numeric/1");
            if (!least.isInt()) {
                throw new IllegalStateException("the checker does not know what filter " + filter + " lets pass");
            }
            return least.intValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attempted attempted(Attempt attempt, long offset) {
        long started = attempt.getStartedAt().toEpochMilli();
        return new Attempted(
                attempt.getWebhookId(),
                attempt.getSubscription(),
                offset,
                attempt.getAttempt(),
                started,
                started + attempt.getLatencyUs() / 1_000,
                attempt.getStatus(),
                next(attempt),
                attempt.getReason() + (attempt.getDetail().isEmpty() ? "" : " (" + attempt.getDetail() + ")"));
    }

    private static Attempted.Next next(Attempt attempt) {
        return switch (attempt.getNext()) {
            case DELIVERED -> Attempted.Next.DELIVERED;
            case RETRY -> Attempted.Next.RETRY;
            case DEAD -> Attempted.Next.DEAD;
            case CANCELLED -> Attempted.Next.CANCELLED;
            default -> Attempted.Next.OTHER;
        };
    }

    /** Of {@code hookline-deliverer-NAME-LOOP}, the NAME. */
    static Commit commit(Checkpoint checkpoint, int partition, long offset) {
        String owner = checkpoint.getInstance();
        String name = owner.startsWith(OWNER_BEGIN) ? owner.substring(OWNER_BEGIN.length()) : owner;
        int loop = name.lastIndexOf('-');
        return new Commit(
                partition,
                offset,
                loop < 0 ? name : name.substring(0, loop),
                checkpoint.getWrittenAt().toEpochMilli());
    }

    /** The id that this delivery has for a subscription. */
    static String webhookId(Delivery delivery, String subscription) {
        EventAttributes attributes = EventHeaders.read(visitor ->
                delivery.getHeaders().forEach(header -> visitor.header(header.getName(), bytes(header.getValue()))));
        return WebhookId.of(
                attributes,
                delivery.getTopic(),
                delivery.getPartition(),
                delivery.getOffset(),
                delivery.getRecordedAt().toEpochMilli(),
                subscription);
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
