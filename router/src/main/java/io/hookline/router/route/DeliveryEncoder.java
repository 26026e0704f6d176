package io.hookline.router.route;

import io.hookline.router.match.Route;
import io.hookline.schemas.serde.ArrayEncoder;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of {@code Delivery} for one event after the other, field by field in the order of the schema: what Avro's own writer makes
 * of the generated class, without a class made for it, and with everything before the list of subscriptions written once for all records of an
 * event. A test compares the bytes. For one thread.
 */
final class DeliveryEncoder {
    /** What comes after the ids at most: the ends of the list, an offset, no replay. */
    private static final int TAIL_BYTES_MAX = 5 + 1 + 10 + 1;

    private static final int FORMAT_VERSION = 1;

    /** Branches of a union of null and something. */
    private static final int NULL = 0;

    private static final int PRESENT = 1;

    private final ArrayEncoder out = new ArrayEncoder();
    private final int schemaId;
    private int begun;

    DeliveryEncoder(int schemaId) {
        this.schemaId = schemaId;
    }

    /**
     * Begins the records of an event.
     *
     * @return how many bytes a record has at most without the ids of its subscriptions
     */
    int begin(SourceEvent event, Routing routing) {
        out.start(schemaId);
        out.writeInt(FORMAT_VERSION);
        byte[] value = event.value();
        bytes(value == null ? new byte[0] : value);
        optional(event.key());
        headers(event.headers().toArray());
        out.writeString(event.topic());
        out.writeInt(event.partition());
        out.writeLong(event.offset());
        out.writeLong(event.recordedAtMs());
        out.writeString(routing.type());
        String tenant = routing.tenant();
        out.writeInt(tenant == null ? NULL : PRESENT);
        if (tenant != null) {
            out.writeString(tenant);
        }
        begun = out.size();
        return begun + TAIL_BYTES_MAX;
    }

    /** The record for {@code routes} from {@code from} to before {@code to}, at least one. */
    byte[] delivery(List<Route> routes, int from, int to, long subscriptionsOffset) {
        out.rewind(begun);
        out.writeInt(to - from);
        for (int i = from; i < to; i++) {
            out.writeString(routes.get(i).id());
        }
        out.writeInt(0);
        out.writeLong(subscriptionsOffset);
        out.writeInt(NULL);
        return out.value();
    }

    /** Lets go of what a large event needed. */
    void end() {
        out.start(schemaId);
    }

    private void headers(Header[] headers) {
        if (headers.length > 0) {
            out.writeInt(headers.length);
            for (Header header : headers) {
                out.writeString(header.key());
                optional(header.value());
            }
        }
        out.writeInt(0);
    }

    private void optional(byte @Nullable [] bytes) {
        out.writeInt(bytes == null ? NULL : PRESENT);
        if (bytes != null) {
            bytes(bytes);
        }
    }

    private void bytes(byte[] bytes) {
        out.writeBytes(bytes, 0, bytes.length);
    }
}
