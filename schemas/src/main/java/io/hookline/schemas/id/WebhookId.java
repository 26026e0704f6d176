package io.hookline.schemas.id;

import io.hookline.schemas.event.EventAttributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The {@code webhook-id} of a delivery: {@code msg_} and 26 characters of Crockford's base 32, which are the event's time in
 * milliseconds (48 bits, so ids sort by time) followed by 80 bits of a SHA-256 over what identifies the event and the subscription. It
 * has the shape of a <a href="https://github.com/ulid/spec">ULID</a>, but nothing in it is random: retries, replays and an event emitted
 * again by its source have the same id, and a receiver that remembers ids recognises every duplicate.
 */
public final class WebhookId {
    /** What every id starts with. */
    public static final String PREFIX = "msg_";

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = values();
    private static final int TIME_DIGITS = 10;
    private static final int HASH_DIGITS = 16;
    private static final int LENGTH = PREFIX.length() + TIME_DIGITS + HASH_DIGITS;
    private static final long TIME_MAX = (1L << 48) - 1;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(WebhookId::sha256);

    private WebhookId() {}

    /**
     * The id of a delivery, by the one rule: an event that carries both CloudEvents id and source is identified by them, wherever its
     * record is; any other by its record's coordinates. Its time is its own where it carries one, else the record's. So an event emitted
     * again has the same id if it carries id, source and time.
     *
     * @param recordedAtMs the record's timestamp, milliseconds since 1970
     * @param subscription subscription id
     */
    public static String of(
            EventAttributes event, String topic, int partition, long offset, long recordedAtMs, String subscription) {
        long timeMs = event.time() == null ? recordedAtMs : event.time().toEpochMilli();
        return event.id() == null || event.source() == null
                ? ofRecord(timeMs, topic, partition, offset, subscription)
                : of(timeMs, event.source(), event.id(), subscription);
    }

    /**
     * The id of a delivery whose event names itself.
     *
     * @param eventTimeMs the event's own time, milliseconds since 1970; clamped to 0 .. 2^48-1
     * @param source CloudEvents source
     * @param eventId CloudEvents id, unique within the source
     * @param subscription subscription id
     */
    public static String of(long eventTimeMs, String source, String eventId, String subscription) {
        return encode(eventTimeMs, hash((byte) 0, source, eventId, subscription));
    }

    /**
     * The id of a delivery whose event is known by its record's coordinates only.
     *
     * @param eventTimeMs the record's timestamp, milliseconds since 1970
     */
    public static String ofRecord(long eventTimeMs, String topic, int partition, long offset, String subscription) {
        return encode(eventTimeMs, hash((byte) 1, topic, partition + "/" + offset, subscription));
    }

    /** The event's time that an id carries, or empty where the text is not one of these ids. */
    public static Optional<Instant> timeOf(String webhookId) {
        if (webhookId.length() != LENGTH || !webhookId.startsWith(PREFIX)) {
            return Optional.empty();
        }
        long time = 0;
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = webhookId.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return Optional.empty();
            }
            if (i < PREFIX.length() + TIME_DIGITS) {
                time = time << 5 | value;
            }
        }
        return time > TIME_MAX ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
    }

    private static String encode(long eventTimeMs, byte[] hash) {
        long time = Math.max(0, Math.min(TIME_MAX, eventTimeMs));
        char[] out = new char[LENGTH];
        PREFIX.getChars(0, PREFIX.length(), out, 0);
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            out[PREFIX.length() + i] = DIGITS[(int) (time & 31)];
            time >>>= 5;
        }
        putHash(hash, out, PREFIX.length() + TIME_DIGITS);
        return new String(out);
    }

    /** Writes the first 80 bits of the hash as 16 digits: 5 bytes make 8 digits. */
    private static void putHash(byte[] hash, char[] out, int at) {
        for (int group = 0; group < 2; group++) {
            long bits = 0;
            for (int i = 0; i < 5; i++) {
                bits = bits << 8 | (hash[group * 5 + i] & 0xff);
            }
            for (int i = 7; i >= 0; i--) {
                out[at + group * 8 + i] = DIGITS[(int) (bits & 31)];
                bits >>>= 5;
            }
        }
    }

    /** Each part is preceded by its length, so that no two lists of parts hash alike. */
    private static byte[] hash(byte kind, String... parts) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        digest.update(kind);
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >>> 24));
            digest.update((byte) (bytes.length >>> 16));
            digest.update((byte) (bytes.length >>> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
