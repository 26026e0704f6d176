package io.hookline.deliverer.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An asymmetric signing key of Standard Webhooks: {@code whsk_} and the base 64 of seed and public key, 32 bytes each. The receiver gets the public key
 * alone ({@code whpk_}), so that nobody who can verify can sign. By the ed25519 of the JDK (RFC 8032).
 */
public final class Ed25519Secret implements SigningSecret {
    public static final String PREFIX = "whsk_";
    public static final String PUBLIC_PREFIX = "whpk_";
    public static final int KEY_BYTES = 32;
    /** Seed and public key. */
    public static final int BYTES = 2 * KEY_BYTES;

    private static final String ED25519 = "Ed25519";

    /** What stands before the 32 bytes in a DER SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] DER_START = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final byte[] bytes;
    private final PrivateKey privateKey;

    /**
     * @param bytes seed and public key
     * @throws IllegalArgumentException where the length is not 64 bytes, or the public key is not the seed's
     */
    public Ed25519Secret(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("An ed25519 signing key has " + BYTES
                    + " bytes, seed and public key; this one has " + bytes.length + ".");
        }
        this.bytes = bytes.clone();
        try {
            KeyFactory factory = KeyFactory.getInstance(ED25519);
            byte[] seed = Arrays.copyOf(bytes, KEY_BYTES);
            this.privateKey = factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            requirePair(factory);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform from 15 on must have " + ED25519 + ".", e);
        }
    }

    /** Whoever holds another public key could never verify. */
    private void requirePair(KeyFactory factory) throws GeneralSecurityException {
        byte[] message = {1};
        boolean isPair;
        try {
            Signature verifying = Signature.getInstance(ED25519);
            verifying.initVerify(publicKey(factory));
            verifying.update(message);
            isPair = verifying.verify(signed(signature(), new byte[0], message));
        } catch (java.security.spec.InvalidKeySpecException | java.security.SignatureException e) {
            isPair = false;
        }
        if (!isPair) {
            throw new IllegalArgumentException("The public key in the ed25519 signing key is not that of its seed.");
        }
    }

    private PublicKey publicKey(KeyFactory factory) throws GeneralSecurityException {
        byte[] der = Arrays.copyOf(DER_START, DER_START.length + KEY_BYTES);
        System.arraycopy(bytes, KEY_BYTES, der, DER_START.length, KEY_BYTES);
        return factory.generatePublic(new X509EncodedKeySpec(der));
    }

    /** @throws IllegalArgumentException saying what is wrong, without the key */
    public static Ed25519Secret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("An ed25519 signing key starts with " + PREFIX + ".");
        }
        return new Ed25519Secret(Base64Text.decode(PREFIX, text));
    }

    public static Ed25519Secret generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] der = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(seed, BYTES);
            System.arraycopy(der, der.length - KEY_BYTES, both, KEY_BYTES, KEY_BYTES);
            return new Ed25519Secret(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform from 15 on must have " + ED25519 + ".", e);
        }
    }

    /** A stored key's public half as receivers take it; the rest need not be readable. */
    public static String verifier(byte[] publicKey) {
        return PUBLIC_PREFIX + Base64.getEncoder().encodeToString(publicKey);
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
        return verifier(Arrays.copyOfRange(bytes, KEY_BYTES, BYTES));
    }

    @Override
    public Scheme scheme() {
        Signature signature;
        try {
            signature = signature();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform from 15 on must have " + ED25519 + ".", e);
        }
        return (start, body) -> {
            try {
                return "v1a," + Base64.getEncoder().encodeToString(signed(signature, start, body));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("An ed25519 key that signed before does not sign.", e);
            }
        };
    }

    private Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ED25519);
        signature.initSign(privateKey);
        return signature;
    }

    private static byte[] signed(Signature signature, byte[] start, byte[] body) throws GeneralSecurityException {
        signature.update(start);
        signature.update(body);
        return signature.sign();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519Secret that && MessageDigest.isEqual(bytes, that.bytes);
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
