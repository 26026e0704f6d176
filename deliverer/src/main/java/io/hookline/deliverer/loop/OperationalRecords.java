package io.hookline.deliverer.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hookline.avro.Delivery;
import io.hookline.avro.Reason;
import io.hookline.deliverer.commit.Output;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.OperationalEvents;
import io.hookline.schemas.topic.TopicNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events about deliveries, for those who run the platform and for partners who want to know: CloudEvents in JSON, with the tenant of the subscription they
 * are about, written in the transaction of what they tell.
 */
final class OperationalRecords {
    private static final JsonFactory JSON = new JsonFactory();

    private final TopicNames names;

    OperationalRecords(TopicNames names) {
        this.names = names;
    }

    /** Whether a delivery is of such an event; what becomes of it causes none. */
    boolean isAbout(Delivery delivery) {
        return delivery.getTopic().equals(names.operations());
    }

    Output endpointDisabled(Target target, Reason why, @Nullable Instant failingSince, long nowMs) {
        return output(target, OperationalEvents.ENDPOINT_DISABLED, target.id() + "@" + target.offset(), nowMs, json -> {
            json.writeStringField("reason", why.name());
            time(json, "failingSince", failingSince);
        });
    }

    Output endpointRecovered(Target target, @Nullable Instant failedSince, long nowMs) {
        return output(
                target,
                OperationalEvents.ENDPOINT_RECOVERED,
                target.id() + "@" + nowMs,
                nowMs,
                json -> time(json, "failedSince", failedSince));
    }

    Output deliveryExhausted(AttemptEnd end, long nowMs) {
        Work work = end.flight().work();
        Delivery delivery = work.group().delivery();
        return output(work.target(), OperationalEvents.DELIVERY_EXHAUSTED, work.webhookId(), nowMs, json -> {
            json.writeStringField("webhookId", work.webhookId());
            json.writeStringField("eventType", delivery.getType());
            json.writeNumberField("attempts", end.attempt());
            time(json, "firstAttemptAt", end.firstAttemptAt());
            json.writeStringField("reason", end.verdict().reason().name());
            Integer status = end.status();
            if (status != null) {
                json.writeNumberField("status", status);
            }
        });
    }

    Output backlogExpiring(Target target, long nowMs) {
        return output(target, OperationalEvents.BACKLOG_EXPIRING, target.id() + "@" + nowMs, nowMs, json -> {
            json.writeNumberField("waiting", target.backlog().index().waiting());
            json.writeNumberField("waitsAtMostMs", target.waitsAtMostMs());
        });
    }

    @FunctionalInterface
    private interface Data {
        void write(JsonGenerator json) throws IOException;
    }

    private Output output(Target target, String type, String subject, long nowMs, Data data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("subscription", target.id());
            data.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProducerRecord<byte[], byte[]> output = new ProducerRecord<>(
                names.operations(), target.partition().number(), target.id().getBytes(UTF_8), bytes.toByteArray());
        EventHeaders.write(
                new EventAttributes(
                        type + "/" + subject,
                        OperationalEvents.SOURCE,
                        type,
                        Instant.ofEpochMilli(nowMs),
                        target.id(),
                        target.tenant().isEmpty() ? null : target.tenant(),
                        "application/json",
                        null),
                output.headers());
        return new Output(target.partition(), output, null);
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant at) throws IOException {
        if (at != null) {
            json.writeStringField(name, at.toString());
        }
    }
}
