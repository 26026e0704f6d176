package io.hookline.deliverer.sign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the {@code webhook-signature} of an attempt, as
 * <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a> says: over
 * {@code id.timestamp.body}, one token a secret, separated by spaces. Not thread-safe: one loop owns it.
 */
public final class Signer {
    private static final String HMAC = "HmacSHA256";

    /** A secret and until when it signs, in milliseconds since 1970. */
    public record Key(HmacSecret secret, OptionalLong expiresAtMs) {}

    private record Armed(Mac mac, OptionalLong expiresAtMs) {}

    private final List<Armed> armed;

    /**
     * @param keys newest first; none: attempts are not signed
     */
    public Signer(List<Key> keys) {
        this.armed = keys.stream()
                .map(key -> new Armed(mac(key.secret()), key.expiresAtMs()))
                .toList();
    }

    /** Whether any secret signs at that time. */
    public boolean signs(long nowMs) {
        return armed.stream().anyMatch(key -> isValid(key, nowMs));
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
                key.mac().update(start);
                byte[] signature = key.mac().doFinal(body);
                header.append(header.isEmpty() ? "v1," : " v1,")
                        .append(Base64.getEncoder().encodeToString(signature));
            }
        }
        return header.toString();
    }

    private static boolean isValid(Armed key, long nowMs) {
        return key.expiresAtMs().isEmpty() || nowMs < key.expiresAtMs().getAsLong();
    }

    private static Mac mac(HmacSecret secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.bytes(), HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + HMAC + ".", e);
        }
    }
}
