package io.hookline.router.route;

import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Stage;
import io.hookline.router.match.Route;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a routing: one {@code Delivery} for each partition and at most {@value #SUBSCRIPTIONS_MAX} subscriptions, fewer where
 * the record would become too large, or one {@code PipelineDead}.
 */
public final class DeliveryWriter {
    /** Most subscriptions in one record. */
    public static final int SUBSCRIPTIONS_MAX = 1000;

    /** A subscription id and its length. */
    private static final int ID_BYTES_MAX = 64 + 2;

    /** Numbers, lengths and the schema id of a Delivery or PipelineDead without text, at their largest. */
    private static final int FIXED_BYTES_MAX = 160;

    private static final int HEADER_BYTES_MAX = 11;

    private final int valueBytesMax;
    private final IntToLongFunction subscriptionsOffset;

    /**
     * @param valueBytesMax largest value of a record of {@code deliveries} and {@code pipeline.dead}
     * @param subscriptionsOffset partition of {@code subscriptions} to the last offset known to the router, asked after matching
     */
    public DeliveryWriter(int valueBytesMax, IntToLongFunction subscriptionsOffset) {
        this.valueBytesMax = valueBytesMax;
        this.subscriptionsOffset = subscriptionsOffset;
    }

    /** The fault of an event that is too large to be delivered to a single subscription, or empty where it fits. */
    public Optional<Fault> oversized(SourceEvent event, Routing routing) {
        long least = bytesWithoutIds(event, routing) + ID_BYTES_MAX;
        if (routing.fanOut().partitions().isEmpty() || least <= valueBytesMax) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                PipelineFault.TOO_LARGE,
                "The event with what Hookline adds to it needs " + least
                        + " bytes, but a record of deliveries may have " + valueBytesMax
                        + ". Send less in an event, such as a reference to what is large."));
    }

    /** Tells each delivery with its partition. Each is made when the one before has been taken. */
    public void deliveries(SourceEvent event, Routing routing, ObjIntConsumer<Delivery> each) {
        long room = (valueBytesMax - bytesWithoutIds(event, routing)) / ID_BYTES_MAX;
        int idsMax = (int) Math.max(1, Math.min(SUBSCRIPTIONS_MAX, room));
        List<EventHeader> headers = headers(event);
        for (int partition : routing.fanOut().partitions()) {
            List<Route> routes = routing.fanOut().routes(partition);
            long offset = subscriptionsOffset.applyAsLong(partition);
            for (int from = 0; from < routes.size(); from += idsMax) {
                List<Route> some = routes.subList(from, Math.min(routes.size(), from + idsMax));
                each.accept(delivery(event, routing, headers, some, offset), partition);
            }
        }
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

    private static Delivery delivery(
            SourceEvent event, Routing routing, List<EventHeader> headers, List<Route> routes, long offset) {
        List<String> ids = new ArrayList<>(routes.size());
        routes.forEach(route -> ids.add(route.id()));
        Delivery delivery = new Delivery();
        delivery.setFormatVersion(1);
        delivery.setEvent(wrap(event.value()));
        delivery.setKey(wrap(event.key()));
        delivery.setHeaders(headers);
        delivery.setTopic(event.topic());
        delivery.setPartition(event.partition());
        delivery.setOffset(event.offset());
        delivery.setRecordedAt(Instant.ofEpochMilli(event.recordedAtMs()));
        delivery.setType(routing.type());
        delivery.setTenant(routing.tenant());
        delivery.setSubscriptions(ids);
        delivery.setSubscriptionsOffset(offset);
        return delivery;
    }

    private static long bytesWithoutIds(SourceEvent event, Routing routing) {
        String tenant = routing.tenant();
        byte[] key = event.key();
        byte[] value = event.value();
        return FIXED_BYTES_MAX
                + event.topic().length()
                + 3L * routing.type().length()
                + (tenant == null ? 0 : 3L * tenant.length())
                + (key == null ? 0 : key.length)
                + (value == null ? 0 : value.length)
                + headerBytes(event);
    }

    private static long headerBytes(SourceEvent event) {
        long bytes = 0;
        for (Header header : event.headers()) {
            byte[] value = header.value();
            bytes += HEADER_BYTES_MAX + 3L * header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    private static List<EventHeader> headers(SourceEvent event) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : event.headers()) {
            headers.add(new EventHeader(header.key(), wrap(header.value())));
        }
        return headers;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
