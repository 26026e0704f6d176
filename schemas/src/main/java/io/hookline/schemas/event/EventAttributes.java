package io.hookline.schemas.event;

import java.time.Instant;
import java.util.Locale;
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

    /** Whether the value is JSON text: {@code application/json}, {@code text/json}, any {@code +json}; parameters are ignored. */
    public boolean isJson() {
        String media = mediaType();
        return media.equals("application/json")
                || media.equals("text/json")
                || (media.endsWith("+json") && media.indexOf('/') > 0 && !media.endsWith("/+json"));
    }

    /** The content type in lower case without its parameters; empty for none. */
    String mediaType() {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
