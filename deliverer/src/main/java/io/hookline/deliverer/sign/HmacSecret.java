package io.hookline.deliverer.sign;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric signing secret of Standard Webhooks: {@code whsec_} and the base 64 of 24 to 64 random bytes. Never printed by
 * {@code toString}.
 */
public final class HmacSecret implements SigningSecret {
    public static final String PREFIX = "whsec_";
    public static final int BYTES_MIN = 24;
    public static final int BYTES_MAX = 64;

    private static final int BYTES_GENERATED = 32;
    private static final String HMAC = "HmacSHA256";

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
        return new HmacSecret(Base64Text.decode(PREFIX, text));
    }

    public static HmacSecret generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES_GENERATED];
        random.nextBytes(bytes);
        return new HmacSecret(bytes);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String verifier() {
        return reveal();
    }

    @Override
    public Scheme scheme() {
        Mac mac = mac();
        return (start, body) -> {
            mac.update(start);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        };
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + HMAC + ".", e);
        }
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
