package io.hookline.deliverer.sign;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A symmetric signing secret of Standard Webhooks: {@code whsec_} and the base 64 of 24 to 64 random bytes. Never printed by
 * {@code toString}.
 */
public final class HmacSecret {
    public static final String PREFIX = "whsec_";
    public static final int BYTES_MIN = 24;
    public static final int BYTES_MAX = 64;

    private static final int BYTES_GENERATED = 32;

    private final byte[] bytes;

    /** @throws IllegalArgumentException where the length is not 24 to 64 bytes */
    public HmacSecret(byte[] bytes) {
        if (bytes.length < BYTES_MIN || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("A signing secret has " + BYTES_MIN + " to " + BYTES_MAX
                    + " bytes, this one has " + bytes.length + ".");
        }
        this.bytes = bytes.clone();
    }

    /** @throws IllegalArgumentException saying what is wrong, without the secret */
    public static HmacSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("A signing secret starts with " + PREFIX + ".");
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // Without the cause, which names a character of the secret.
            throw new IllegalArgumentException(
                    "A signing secret is " + PREFIX + " and base 64; this one is not base 64.");
        }
        return new HmacSecret(decoded);
    }

    public static HmacSecret generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES_GENERATED];
        random.nextBytes(bytes);
        return new HmacSecret(bytes);
    }

    /** The secret's bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The secret in the form a receiver's library takes. For showing it once to its owner. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HmacSecret that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
