package io.hookline.schemas.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event says of itself besides its data: the CloudEvents context attributes, each null where the event does not carry it.
 *
 * @param id CloudEvents id, unique within the source
 * @param source CloudEvents source, a URI reference
 * @param type CloudEvents type; null: the topic's name tells
 * @param time when it happened; null: the record's timestamp tells
 * @param subject CloudEvents subject
 * @param tenant whose event it is
 * @param contentType media type of the value, such as {@code application/json}
 * @param traceparent W3C trace context
 */
public record EventAttributes(
        @Nullable String id,
        @Nullable String source,
        @Nullable String type,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String tenant,
        @Nullable String contentType,
        @Nullable String traceparent) {

    /** An event that says nothing. */
    public static final EventAttributes NONE = new EventAttributes(null, null, null, null, null, null, null, null);

    /** Whether the value is JSON text: {@code application/json}, any {@code +json}, parameters ignored. */
    public boolean isJson() {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String media = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return media.equalsIgnoreCase("application/json")
                || media.equalsIgnoreCase("text/json")
                || (media.length() > 5 && media.regionMatches(true, media.length() - 5, "+json", 0, 5));
    }
}
