package io.hookline.deliverer.render;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event as the CloudEvents SDK knows it, and the two ways to send one over HTTP. What an event does not say of itself is filled in from
 * where it is recorded: its id is topic, partition and offset, its source the topic, its time when it was recorded. Its {@code ce_} headers
 * beyond the attributes are its extension attributes, the tenant and the trace context among them.
 */
final class CloudEvents {
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final String HEADER = "ce_";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");
    private static final Set<String> ATTRIBUTES =
            Set.of("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "data");
    private static final String HEX = "0123456789ABCDEF";

    private CloudEvents() {}

    /** The event with JSON as its data. */
    static CloudEvent of(Delivery delivery, EventAttributes attributes, byte[] json) {
        Instant time = Objects.requireNonNullElse(attributes.time(), delivery.getRecordedAt());
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(Objects.requireNonNullElse(
                        attributes.id(),
                        delivery.getTopic() + "-" + delivery.getPartition() + "-" + delivery.getOffset()))
                .withSource(URI.create(Objects.requireNonNullElse(attributes.source(), "/" + delivery.getTopic())))
                .withType(delivery.getType())
                .withTime(OffsetDateTime.ofInstant(time, ZoneOffset.UTC))
                .withSubject(attributes.subject())
                .withData(Envelope.JSON, json);
        for (EventHeader header : delivery.getHeaders()) {
            String name = header.getName().startsWith(HEADER) ? header.getName().substring(HEADER.length()) : "";
            ByteBuffer value = header.getValue();
            if (value != null && NAME.matcher(name).matches() && !ATTRIBUTES.contains(name)) {
                builder.withExtension(
                        name, StandardCharsets.UTF_8.decode(value.duplicate()).toString());
            }
        }
        if (attributes.traceparent() != null) {
            builder.withExtension(EventHeaders.TRACEPARENT, attributes.traceparent());
        }
        return builder.build();
    }

    /** All of it as one JSON object. */
    static Rendition.Body structured(CloudEvent event) {
        return new Rendition.Body(FORMAT.serialize(event), JsonFormat.CONTENT_TYPE);
    }

    /** The attributes as headers of a request that has the data as its body (CloudEvents HTTP binding 1.0.2, section 3.1.3). */
    static List<Map.Entry<String, String>> headers(CloudEvent event) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("ce-specversion", event.getSpecVersion().toString()));
        for (String name : event.getAttributeNames()) {
            Object value = event.getAttribute(name);
            if (value != null && !name.equals("specversion") && !name.equals("datacontenttype")) {
                headers.add(Map.entry("ce-" + name, encoded(text(value))));
            }
        }
        for (String name : event.getExtensionNames()) {
            headers.add(Map.entry("ce-" + name, encoded(String.valueOf(event.getExtension(name)))));
        }
        return headers;
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time
                ? java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
                : value.toString();
    }

    /** Percent-encodes what the binding wants encoded: all but printable ASCII, and space, double quote and per cent. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return encoded.toString();
    }
}
