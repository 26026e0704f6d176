package io.hookline.producer.listener;

import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.InvalidEventHeaderException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads what is known about an event out of its record. */
final class Receiving {
    private static final int DIGITS_MAX = 9;
    private static final int CORRELATION_CHARS_MAX = EventHeaders.VALUE_BYTES_MAX / 4;

    private Receiving() {}

    /**
     * @param depthMax longest chain, in events before this one
     * @throws UnusableEventException where the headers cannot be read or the chain is too long
     */
    static ReceivedEvent event(String type, ConsumerRecord<byte[], byte[]> record, int depthMax) {
        EventAttributes attributes = attributes(record);
        String given = attributes.id();
        String id = given == null || given.isBlank()
                ? record.topic() + "/" + record.partition() + "/" + record.offset()
                : given;
        Map<String, String> headers = headers(record);
        byte[] key = record.key();
        ReceivedEvent event = new ReceivedEvent(
                type,
                id,
                attributes,
                correlation(headers.get(ChainHeaders.CORRELATION_ID), id),
                depth(headers.get(ChainHeaders.DEPTH)),
                key == null ? null : ByteBuffer.wrap(key),
                headers,
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()));
        check(event, depthMax);
        return event;
    }

    private static EventAttributes attributes(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventHeaders.read(record.headers());
        } catch (InvalidEventHeaderException e) {
            throw new UnusableEventException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void check(ReceivedEvent event, int depthMax) {
        if (event.depth() > depthMax) {
            throw new UnusableEventException(
                    "the chain of events before it has " + event.depth() + " events, more than " + depthMax + " ("
                            + ListenerSettings.DEPTH_MAX + "): do services cause each other's events in a circle?",
                    null);
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> {
            byte[] value = header.value();
            headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
        });
        return headers;
    }

    private static String correlation(@Nullable String given, String id) {
        if (given == null || given.isBlank() || given.length() > CORRELATION_CHARS_MAX) {
            return id;
        }
        return given.chars().anyMatch(Character::isISOControl) ? id : given;
    }

    private static int depth(@Nullable String text) {
        boolean number = text != null && text.length() <= DIGITS_MAX && text.matches("[0-9]+");
        return number ? Integer.parseInt(text) : 0;
    }
}
