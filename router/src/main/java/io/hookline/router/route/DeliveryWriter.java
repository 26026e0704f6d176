package io.hookline.router.route;

import io.hookline.avro.EventHeader;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Stage;
import io.hookline.router.match.Route;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a routing: one {@code Delivery} for each partition and at most {@value #SUBSCRIPTIONS_MAX} subscriptions, fewer where
 * the record would become too large, or one {@code PipelineDead}. For one thread.
 */
public final class DeliveryWriter {
    /** Most subscriptions in one record. */
    public static final int SUBSCRIPTIONS_MAX = 1000;

    /** A subscription id and its length. */
    private static final int ID_BYTES_MAX = 64 + 2;

    /** Numbers, lengths and the schema id of a PipelineDead without text, at their largest. */
    private static final int FIXED_BYTES_MAX = 160;

    private static final int HEADER_BYTES_MAX = 11;

    private final int valueBytesMax;
    private final IntToLongFunction subscriptionsOffset;
    private final DeliveryEncoder encoder;

    /** Takes an encoded {@code Delivery} for so many subscriptions of one partition. */
    @FunctionalInterface
    public interface Taker {
        void take(byte[] delivery, int partition, int subscriptions);
    }

    /**
     * @param valueBytesMax largest value of a record of {@code deliveries} and {@code pipeline.dead}
     * @param schemaId of {@code Delivery}
     * @param subscriptionsOffset partition of {@code subscriptions} to the last offset known to the router, asked after matching
     */
    public DeliveryWriter(int valueBytesMax, int schemaId, IntToLongFunction subscriptionsOffset) {
        this.valueBytesMax = valueBytesMax;
        this.subscriptionsOffset = subscriptionsOffset;
        this.encoder = new DeliveryEncoder(schemaId);
    }

    /**
     * Tells each delivery. Each is made when the one before has been taken.
     *
     * @return the fault of an event that is too large to be delivered to a single subscription, of which nothing is told then; else null
     */
    public @Nullable Fault deliveries(SourceEvent event, Routing routing, Taker each) {
        FanOut fanOut = routing.fanOut();
        if (fanOut.partitions().isEmpty()) {
            return null;
        }
        int room = valueBytesMax - encoder.begin(event, routing);
        if (room < ID_BYTES_MAX) {
            encoder.end();
            return tooLarge((long) valueBytesMax - room + ID_BYTES_MAX);
        }
        int idsMax = Math.min(SUBSCRIPTIONS_MAX, room / ID_BYTES_MAX);
        for (int partition : fanOut.partitions()) {
            List<Route> routes = fanOut.routes(partition);
            long offset = subscriptionsOffset.applyAsLong(partition);
            for (int from = 0; from < routes.size(); from += idsMax) {
                int to = Math.min(routes.size(), from + idsMax);
                each.take(encoder.delivery(routes, from, to, offset), partition, to - from);
            }
        }
        encoder.end();
        return null;
    }

    private Fault tooLarge(long least) {
        return new Fault(
                PipelineFault.TOO_LARGE,
                "The event with what Hookline adds to it needs " + least
                        + " bytes, but a record of deliveries may have " + valueBytesMax
                        + ". Send less in an event, such as a reference to what is large.");
    }

    /** The record for {@code pipeline.dead}; without value, or without headers too, where it would be too large. */
    public PipelineDead dead(SourceEvent event, Fault fault, Instant now) {
        List<EventHeader> headers = headers(event);
        byte @Nullable [] value = event.value();
        long bytes =
                FIXED_BYTES_MAX + event.topic().length() + 4L * fault.detail().length() + headerBytes(event);
        int valueBytes = value == null ? 0 : value.length;
        String detail = fault.detail();
        if (bytes + valueBytes > valueBytesMax) {
            detail += " (Its value of " + valueBytes + " bytes is too large to be kept here.)";
            value = null;
        }
        if (bytes > valueBytesMax) {
            headers = List.of();
        }
        return PipelineDead.newBuilder()
                .setStage(Stage.ROUTER)
                .setFault(fault.kind())
                .setDetail(detail)
                .setTopic(event.topic())
                .setPartition(event.partition())
                .setOffset(event.offset())
                .setRecordedAt(Instant.ofEpochMilli(event.recordedAtMs()))
                .setValue(wrap(value))
                .setHeaders(headers)
                .setFailedAt(now)
                .build();
    }

    private static long headerBytes(SourceEvent event) {
        long bytes = 0;
        for (Header header : event.headers().toArray()) {
            byte[] value = header.value();
            bytes += HEADER_BYTES_MAX + 3L * header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    private static List<EventHeader> headers(SourceEvent event) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : event.headers().toArray()) {
            headers.add(new EventHeader(header.key(), wrap(header.value())));
        }
        return headers;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
