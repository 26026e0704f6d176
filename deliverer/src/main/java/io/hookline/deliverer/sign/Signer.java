package io.hookline.deliverer.sign;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the {@code webhook-signature} of an attempt, as
 * <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a> says: over
 * {@code id.timestamp.body}, one token a secret, separated by spaces. Not thread-safe: one loop owns it.
 */
public final class Signer {
    /** A secret and until when it signs, in milliseconds since 1970. */
    public record Key(SigningSecret secret, OptionalLong expiresAtMs) {}

    private record Armed(SigningSecret.Scheme scheme, OptionalLong expiresAtMs) {}

    private final List<Armed> armed;

    /**
     * @param keys newest first; none: attempts are not signed
     */
    public Signer(List<Key> keys) {
        this.armed = keys.stream()
                .map(key -> new Armed(key.secret().scheme(), key.expiresAtMs()))
                .toList();
    }

    /** Whether any secret signs at that time. */
    public boolean signs(long nowMs) {
        for (Armed key : armed) {
            if (isValid(key, nowMs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The header's value.
     *
     * @param id webhook-id
     * @param timestampS the attempt's time in seconds since 1970, as sent in webhook-timestamp
     * @param body the bytes sent
     */
    public String sign(String id, long timestampS, byte[] body) {
        byte[] start = (id + "." + timestampS + ".").getBytes(StandardCharsets.UTF_8);
        StringBuilder header = new StringBuilder(48 * armed.size());
        for (Armed key : armed) {
            if (isValid(key, timestampS * 1000)) {
                header.append(header.isEmpty() ? "" : " ").append(key.scheme().token(start, body));
            }
        }
        return header.toString();
    }

    private static boolean isValid(Armed key, long nowMs) {
        return key.expiresAtMs().isEmpty() || nowMs < key.expiresAtMs().getAsLong();
    }
}
