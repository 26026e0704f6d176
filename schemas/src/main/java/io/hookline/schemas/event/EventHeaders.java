package io.hookline.schemas.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
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

    private static final String STRUCTURED = "application/cloudevents";

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
     * Of a repeated header the last one counts, as in Kafka's own {@code lastHeader}.
     *
     * @throws InvalidEventHeaderException where one of the headers above is too long, is not UTF-8, contains control characters or, for the
     *     time, is not RFC 3339; and where the event is in CloudEvents' structured mode, which would be taken for the event's data
     */
    public static EventAttributes read(Source headers) {
        Reader reader = new Reader();
        headers.forEach(reader);
        return binaryMode(reader.attributes());
    }

    /** As {@link #read(Source)}, of a Kafka record. */
    public static EventAttributes read(Headers headers) {
        return read(visitor -> {
            for (Header header : headers.toArray()) {
                visitor.header(header.key(), header.value());
            }
        });
    }

    /**
     * Sets the headers of all attributes that are not null, and {@code ce_specversion: 1.0}; replaces what was there.
     *
     * @throws InvalidEventHeaderException where {@link #read(Source)} would refuse or lose an attribute; then nothing is set
     */
    public static void write(EventAttributes attributes, Headers headers) {
        binaryMode(attributes);
        List<Header> all = new ArrayList<>(9);
        add(all, SPEC_VERSION, "1.0");
        add(all, ID, attributes.id());
        add(all, SOURCE, attributes.source());
        add(all, TYPE, attributes.type());
        add(all, TIME, format(attributes.time()));
        add(all, SUBJECT, attributes.subject());
        add(all, TENANT, attributes.tenant());
        add(all, CONTENT_TYPE, attributes.contentType());
        add(all, TRACEPARENT, attributes.traceparent());
        all.forEach(header -> headers.remove(header.key()).add(header));
    }

    private static void add(List<Header> all, String name, @Nullable String value) {
        if (value != null) {
            all.add(new RecordHeader(name, HeaderText.encode(name, value)));
        }
    }

    private static @Nullable Instant parse(@Nullable String time) {
        try {
            return time == null ? null : Rfc3339.parse(time);
        } catch (DateTimeException e) {
            throw badTime(time);
        }
    }

    private static @Nullable String format(@Nullable Instant time) {
        try {
            return time == null ? null : Rfc3339.format(time);
        } catch (DateTimeException e) {
            throw badTime(time.toString());
        }
    }

    private static InvalidEventHeaderException badTime(String time) {
        return new InvalidEventHeaderException(
                TIME, time, "an RFC 3339 time is expected, such as 2026-11-24T08:30:00Z.");
    }

    private static EventAttributes binaryMode(EventAttributes attributes) {
        if (attributes.mediaType().startsWith(STRUCTURED)) {
            throw new InvalidEventHeaderException(
                    CONTENT_TYPE,
                    String.valueOf(attributes.contentType()),
                    "the event is in CloudEvents' structured mode. Send it in binary mode: attributes in ce_ headers, the data alone as value.");
        }
        return attributes;
    }

    /** Keeps the last of each, decodes at the end: what a later header replaces is not looked at. */
    private static final class Reader implements Visitor {
        private byte @Nullable [] id;
        private byte @Nullable [] source;
        private byte @Nullable [] type;
        private byte @Nullable [] time;
        private byte @Nullable [] subject;
        private byte @Nullable [] tenant;
        private byte @Nullable [] contentType;
        private byte @Nullable [] traceparent;

        @Override
        public void header(String name, byte @Nullable [] value) {
            switch (name) {
                case ID -> id = value;
                case SOURCE -> source = value;
                case TYPE -> type = value;
                case TIME -> time = value;
                case SUBJECT -> subject = value;
                case TENANT -> tenant = value;
                case CONTENT_TYPE -> contentType = value;
                case TRACEPARENT -> traceparent = value;
                default -> {}
            }
        }

        EventAttributes attributes() {
            return new EventAttributes(
                    HeaderText.decode(ID, id),
                    HeaderText.decode(SOURCE, source),
                    HeaderText.decode(TYPE, type),
                    parse(HeaderText.decode(TIME, time)),
                    HeaderText.decode(SUBJECT, subject),
                    HeaderText.decode(TENANT, tenant),
                    HeaderText.decode(CONTENT_TYPE, contentType),
                    HeaderText.decode(TRACEPARENT, traceparent));
        }
    }
}
