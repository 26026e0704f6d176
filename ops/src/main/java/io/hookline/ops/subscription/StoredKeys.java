package io.hookline.ops.subscription;

import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.deliverer.secret.Fingerprint;
import io.hookline.deliverer.sign.Ed25519Secret;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deliverer.sign.SigningSecret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signing keys between their record and the secrets they are. Pure. */
final class StoredKeys {
    private StoredKeys() {}

    static SigningKey key(SigningSecret secret, Instant now, @Nullable Instant expiresAt) {
        return SigningKey.newBuilder()
                .setAlgorithm(algorithm(secret))
                .setSecret(Secret.newBuilder()
                        .setValue(ByteBuffer.wrap(secret.bytes()))
                        .build())
                .setCreatedAt(now)
                .setExpiresAt(expiresAt)
                .build();
    }

    /** Of a key that is not encrypted. */
    static SigningSecret secret(SigningKey key) {
        ByteBuffer value = key.getSecret().getValue();
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return key.getAlgorithm() == SigningAlgorithm.ED25519 ? new Ed25519Secret(bytes) : new HmacSecret(bytes);
    }

    /** Whether a stored key is that secret. */
    static boolean is(SigningKey key, SigningSecret secret) {
        return key.getAlgorithm() == algorithm(secret)
                && (key.getSecret().getKeyId().isEmpty()
                        ? key.getSecret().getValue().equals(ByteBuffer.wrap(secret.bytes()))
                        : key.getSecret().getFingerprint().equals(fingerprint(secret)));
    }

    private static String fingerprint(SigningSecret secret) {
        return Fingerprint.of(algorithm(secret), ByteBuffer.wrap(secret.bytes()));
    }

    static SigningSecret generate(SigningAlgorithm algorithm, SecureRandom random) {
        return algorithm == SigningAlgorithm.ED25519 ? Ed25519Secret.generate(random) : HmacSecret.generate(random);
    }

    private static SigningAlgorithm algorithm(SigningSecret secret) {
        return secret instanceof Ed25519Secret ? SigningAlgorithm.ED25519 : SigningAlgorithm.HMAC_SHA256;
    }
}
