package io.hookline.producer.listener;

import io.hookline.producer.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the result event of what a handler returned. */
final class Results {
    private static final int ERROR_CHARS_MAX = 1000;

    private final String service;

    Results(String service) {
        this.service = service;
    }

    /**
     * @param returned by the handler
     * @return empty: nothing to publish
     * @throws IllegalArgumentException if it names a type of its own
     */
    Optional<Event> of(ReceivedEvent source, @Nullable Object returned) {
        Object result = returned instanceof Optional<?> optional ? optional.orElse(null) : returned;
        if (result == null) {
            return Optional.empty();
        }
        return Optional.of(correlated(source, result instanceof Event event ? event : Event.of(result), "ok"));
    }

    /** The result that says that the handler failed for good. */
    Event failure(ReceivedEvent source, int attempts, Throwable failure) {
        String error = String.valueOf(failure);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", "error");
        data.put("error", error.length() <= ERROR_CHARS_MAX ? error : error.substring(0, ERROR_CHARS_MAX));
        data.put("attempts", attempts);
        return correlated(source, Event.of(data), "error");
    }

    private Event correlated(ReceivedEvent source, Event result, String status) {
        String type = ChainHeaders.resultType(source.type());
        String given = result.type();
        if (given != null && !given.equals(type)) {
            throw new IllegalArgumentException("The handler of '" + source.type() + "' returned an event of type '"
                    + given + "': its results are of type '" + type
                    + "'. Emit other events with a producer of your own.");
        }
        Event named = result.type(type).id(result.id() == null ? id(source) : result.id());
        return source.caused(named).header(ChainHeaders.RESULT_STATUS, status);
    }

    /** The same for the same event and service, however often it is handled: a UUID (version 8) of a SHA-256. */
    String id(ReceivedEvent source) {
        MessageDigest digest = sha256();
        String eventSource = source.attributes().source();
        for (String part :
                new String[] {service, source.topic(), eventSource == null ? "" : eventSource, source.id()}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
