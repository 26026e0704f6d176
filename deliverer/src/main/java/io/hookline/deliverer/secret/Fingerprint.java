package io.hookline.deliverer.secret;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.deliverer.sign.Ed25519Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells signing keys apart without giving them away: the first half of a SHA-256 of at least 24 random bytes, or the public key of an asymmetric one.
 */
public final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    public static String of(SigningAlgorithm algorithm, ByteBuffer key) {
        ByteBuffer value = key.duplicate();
        if (algorithm == SigningAlgorithm.ED25519 && value.remaining() == Ed25519Secret.BYTES) {
            byte[] publicKey = new byte[Ed25519Secret.KEY_BYTES];
            value.position(value.position() + Ed25519Secret.KEY_BYTES).get(publicKey);
            return Ed25519Secret.verifier(publicKey);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(value);
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
