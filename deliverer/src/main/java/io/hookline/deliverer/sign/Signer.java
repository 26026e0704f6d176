package io.hookline.deliverer.sign;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code webhook-signature} of an attempt, as
 * <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a> says: over
 * {@code id.timestamp.body}, one token a secret, separated by spaces. Not thread-safe: one loop owns it.
 */
public final class Signer {
    /** A secret and until when it signs, in milliseconds since 1970. */
    public record Key(SigningSecret secret, OptionalLong expiresAtMs) {}

    private record Armed(SigningSecret.Scheme scheme, OptionalLong expiresAtMs) {}

    private final List<Key> keys;
    private @Nullable List<Armed> armed;

    /**
     * @param keys newest first; none: attempts are not signed
     */
    public Signer(List<Key> keys) {
        this.keys = List.copyOf(keys);
        this.armed = arm(this.keys);
        rest();
    }

    /** Gives back what it only needs for signing, which is several times as large as the secrets. It can sign all the same. */
    public void rest() {
        armed = null;
    }

    private List<Armed> armed() {
        List<Armed> known = armed;
        if (known == null) {
            known = arm(keys);
            armed = known;
        }
        return known;
    }

    private static List<Armed> arm(List<Key> keys) {
        return keys.stream()
                .map(key -> new Armed(key.secret().scheme(), key.expiresAtMs()))
                .toList();
    }

    /** Whether any secret signs at that time. */
    public boolean signs(long nowMs) {
        for (Key key : keys) {
            if (isValid(key.expiresAtMs(), nowMs)) {
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
        StringBuilder header = new StringBuilder(48 * keys.size());
        for (Armed key : armed()) {
            if (isValid(key.expiresAtMs(), timestampS * 1000)) {
                header.append(header.isEmpty() ? "" : " ").append(key.scheme().token(start, body));
            }
        }
        return header.toString();
    }

    private static boolean isValid(OptionalLong expiresAtMs, long nowMs) {
        return expiresAtMs.isEmpty() || nowMs < expiresAtMs.getAsLong();
    }
}
