package io.hookline.schemas.event;

import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.avro.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of {@code deliveries.dead}: what a list or a count needs, so that neither decodes values. Who writes a dead
 * letter calls {@link #write}, who lists them {@link #read}. Values are UTF-8 text; numbers and times (milliseconds since 1970) in decimal.
 */
public final class DeadLetterHeaders {
    public static final String SUBSCRIPTION = "hookline-subscription";
    public static final String TYPE = "hookline-type";
    public static final String TENANT = "hookline-tenant";
    public static final String CAUSE = "hookline-cause";
    public static final String REASON = "hookline-reason";
    public static final String WEBHOOK_ID = "webhook-id";
    public static final String STATUS = "hookline-status";
    public static final String ATTEMPTS = "hookline-attempts";
    public static final String DEAD_AT = "hookline-dead-at";
    /** How many deliveries the record stands for: more than 1 only for a counted range. */
    public static final String COUNT = "hookline-count";

    private DeadLetterHeaders() {}

    /**
     * What the headers say; each null where the header is absent or not readable.
     *
     * @param count 1 unless the record is a counted range
     */
    public record Summary(
            @Nullable String subscription,
            @Nullable String type,
            @Nullable String tenant,
            DeadCause cause,
            Reason reason,
            @Nullable String webhookId,
            @Nullable Integer status,
            int attempts,
            @Nullable Instant deadAt,
            long count) {}

    /** Adds the headers of a dead letter. */
    public static void write(DeadLetter dead, Headers headers) {
        add(headers, SUBSCRIPTION, dead.getSubscription());
        Delivery delivery = dead.getDelivery();
        if (delivery != null) {
            add(headers, TYPE, delivery.getType());
            add(headers, TENANT, delivery.getTenant());
        }
        add(headers, CAUSE, dead.getCause().name().toLowerCase(Locale.ROOT));
        add(headers, REASON, dead.getReason().name().toLowerCase(Locale.ROOT));
        add(headers, WEBHOOK_ID, dead.getWebhookId());
        add(headers, STATUS, dead.getLastStatus());
        add(headers, ATTEMPTS, dead.getAttempts());
        add(headers, DEAD_AT, dead.getDeadAt().toEpochMilli());
        DeadRange range = dead.getRange();
        add(headers, COUNT, range == null ? null : range.getCount());
    }

    /** Never fails: what cannot be read is absent. */
    public static Summary read(Headers headers) {
        Long status = number(headers, STATUS);
        Long attempts = number(headers, ATTEMPTS);
        Long deadAt = number(headers, DEAD_AT);
        Long count = number(headers, COUNT);
        return new Summary(
                text(headers, SUBSCRIPTION),
                text(headers, TYPE),
                text(headers, TENANT),
                symbol(DeadCause.class, text(headers, CAUSE), DeadCause.UNKNOWN),
                symbol(Reason.class, text(headers, REASON), Reason.UNKNOWN),
                text(headers, WEBHOOK_ID),
                status == null ? null : status.intValue(),
                attempts == null ? 0 : attempts.intValue(),
                deadAt == null ? null : Instant.ofEpochMilli(deadAt),
                count == null ? 1 : count);
    }

    private static void add(Headers headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null || value.length == 0 ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static @Nullable Long number(Headers headers, String name) {
        String text = text(headers, name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static <E extends Enum<E>> E symbol(Class<E> type, @Nullable String name, E otherwise) {
        try {
            return name == null ? otherwise : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
