package io.hookline.producer.listener;

import io.hookline.producer.Event;
import io.hookline.producer.TraceContext;
import io.hookline.schemas.event.EventAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an event besides its data. Immutable.
 *
 * @param type event type, by its topic
 * @param id CloudEvents id; of an event that has none, its place in the log
 * @param attributes the CloudEvents attributes as they came
 * @param correlationId id of the first event of the chain: this one's id if it is the first
 * @param depth how many events were before this one in the chain
 * @param key ordering key; null: none
 * @param headers all headers, decoded as UTF-8; of a repeated one the last
 * @param topic where the event is
 * @param partition within the topic
 * @param offset within the partition
 * @param timestamp of the record
 */
public record ReceivedEvent(
        String type,
        String id,
        EventAttributes attributes,
        String correlationId,
        int depth,
        @Nullable ByteBuffer key,
        Map<String, String> headers,
        String topic,
        int partition,
        long offset,
        Instant timestamp) {

    public ReceivedEvent {
        headers = Map.copyOf(headers);
        key = key == null ? null : key.asReadOnlyBuffer();
    }

    /** The ordering key as text. */
    public Optional<String> keyText() {
        return Optional.ofNullable(key)
                .map(k -> StandardCharsets.UTF_8.decode(k.duplicate()).toString());
    }

    /**
     * An event that a handler emits itself (beside its result), with this one as its cause: same ordering key, tenant and trace unless it has
     * its own, and the chain's headers, by which listeners notice a chain that never ends.
     */
    public Event caused(Event effect) {
        String tenant = attributes.tenant();
        String trace = attributes.traceparent();
        return effect.key(effect.key() == null && key != null && key.hasRemaining() ? key : effect.key())
                .tenant(effect.tenant() == null && tenant != null && !tenant.isBlank() ? tenant : effect.tenant())
                .traceparent(
                        effect.traceparent() == null && trace != null && TraceContext.isTraceparent(trace)
                                ? trace
                                : effect.traceparent())
                .header(ChainHeaders.CAUSATION_ID, id)
                .header(ChainHeaders.CORRELATION_ID, correlationId)
                .header(ChainHeaders.DEPTH, Integer.toString(depth + 1));
    }
}
