package io.hookline.schemas.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@link EventAttributes} as Kafka headers, by the binary mode of the
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents Kafka binding
 * 1.0.2</a>: attribute {@code x} is header {@code ce_x} in UTF-8, {@code datacontenttype} is header {@code content-type}.
 */
public final class EventHeaders {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";
    public static final String SUBJECT = "ce_subject";
    public static final String TENANT = "ce_tenant";
    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACEPARENT = "traceparent";

    /** Longest value of any header above, in bytes. */
    public static final int VALUE_BYTES_MAX = 4096;

    private EventHeaders() {}

    /** One header as a reader sees it, whatever carries it. */
    @FunctionalInterface
    public interface Visitor {
        void header(String name, byte @Nullable [] value);
    }

    /** Something that has headers: a Kafka record, or a delivery that carries a record's headers. */
    @FunctionalInterface
    public interface Source {
        void forEach(Visitor visitor);
    }

    /**
     * @throws InvalidEventHeaderException where one of the headers above is too long, is not UTF-8 or, for the time, not RFC 3339. Of a
     *     repeated header the last one counts, as in Kafka's own {@code lastHeader}.
     */
    public static EventAttributes read(Source headers) {
        Reader reader = new Reader();
        headers.forEach(reader);
        return reader.attributes();
    }

    /** As {@link #read(Source)}, of a Kafka record. */
    public static EventAttributes read(Headers headers) {
        return read(visitor -> headers.forEach(h -> visitor.header(h.key(), h.value())));
    }

    /** Sets the headers of all attributes that are not null, and {@code ce_specversion: 1.0}; replaces what was there. */
    public static void write(EventAttributes attributes, Headers headers) {
        set(headers, SPEC_VERSION, "1.0");
        set(headers, ID, attributes.id());
        set(headers, SOURCE, attributes.source());
        set(headers, TYPE, attributes.type());
        Instant time = attributes.time();
        set(headers, TIME, time == null ? null : DateTimeFormatter.ISO_INSTANT.format(time));
        set(headers, SUBJECT, attributes.subject());
        set(headers, TENANT, attributes.tenant());
        set(headers, CONTENT_TYPE, attributes.contentType());
        set(headers, TRACEPARENT, attributes.traceparent());
    }

    private static void set(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.remove(name);
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Reader implements Visitor {
        private @Nullable String id;
        private @Nullable String source;
        private @Nullable String type;
        private @Nullable String time;
        private @Nullable String subject;
        private @Nullable String tenant;
        private @Nullable String contentType;
        private @Nullable String traceparent;

        @Override
        public void header(String name, byte @Nullable [] value) {
            switch (name) {
                case ID -> id = text(name, value);
                case SOURCE -> source = text(name, value);
                case TYPE -> type = text(name, value);
                case TIME -> time = text(name, value);
                case SUBJECT -> subject = text(name, value);
                case TENANT -> tenant = text(name, value);
                case CONTENT_TYPE -> contentType = text(name, value);
                case TRACEPARENT -> traceparent = text(name, value);
                default -> {}
            }
        }

        EventAttributes attributes() {
            return new EventAttributes(
                    id, source, type, time == null ? null : instant(time), subject, tenant, contentType, traceparent);
        }
    }

    /** Null and empty values are the same as no header. */
    private static @Nullable String text(String name, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return null;
        }
        if (value.length > VALUE_BYTES_MAX) {
            throw new InvalidEventHeaderException(
                    name, value.length + " bytes long", "at most " + VALUE_BYTES_MAX + " bytes are accepted.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidEventHeaderException(
                    name, new String(value, StandardCharsets.ISO_8859_1), "header values are UTF-8 text.");
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidEventHeaderException(
                    TIME, text, "an RFC 3339 time is expected, such as 2026-11-24T08:30:00Z.");
        }
    }
}
