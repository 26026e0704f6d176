package io.hookline.deliverer.endpoint;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.deliverer.sign.Ed25519Secret;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deliverer.sign.Signer;
import io.hookline.deliverer.sign.SigningSecret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Signing keys as a subscription has them, made ready to sign. */
final class SigningKeys {
    /** More would make the signature header longer than some receivers read. */
    private static final int KEYS_MAX = 20;

    private SigningKeys() {}

    static List<Signer.Key> of(List<SigningKey> keys) {
        if (keys.size() > KEYS_MAX) {
            throw new IllegalArgumentException(
                    "signingKeys are " + keys.size() + ": at most " + KEYS_MAX + " can sign at once, remove old ones.");
        }
        List<Signer.Key> usable = new ArrayList<>(keys.size());
        for (SigningKey key : keys) {
            try {
                usable.add(key(key));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("signingKeys[" + usable.size() + "]: " + e.getMessage(), e);
            }
        }
        return usable;
    }

    private static Signer.Key key(SigningKey key) {
        if (!key.getSecret().getKeyId().isEmpty()) {
            throw new IllegalArgumentException("The secret is encrypted with key '"
                    + key.getSecret().getKeyId() + "', which this deliverer does not have.");
        }
        ByteBuffer value = key.getSecret().getValue();
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        OptionalLong expiresAtMs = key.getExpiresAt() == null
                ? OptionalLong.empty()
                : OptionalLong.of(key.getExpiresAt().toEpochMilli());
        return new Signer.Key(secret(key.getAlgorithm(), bytes), expiresAtMs);
    }

    private static SigningSecret secret(SigningAlgorithm algorithm, byte[] bytes) {
        return switch (algorithm) {
            case HMAC_SHA256 -> new HmacSecret(bytes);
            case ED25519 -> new Ed25519Secret(bytes);
            case UNKNOWN ->
                throw new IllegalArgumentException(
                        "Algorithm UNKNOWN: use HMAC_SHA256 or ED25519, or a newer deliverer.");
        };
    }
}
