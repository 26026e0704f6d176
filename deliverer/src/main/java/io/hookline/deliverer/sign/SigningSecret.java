package io.hookline.deliverer.sign;

/** What a subscription's requests are signed with: the key material of one Standard Webhooks scheme. Never printed by {@code toString}. */
public sealed interface SigningSecret permits HmacSecret, Ed25519Secret {
    /** The key material as it is stored, a copy. */
    byte[] bytes();

    /** The secret in the form that libraries take. */
    String reveal();

    /** What the receiver verifies with: the secret itself where it is symmetric, else the public key. */
    String verifier();

    /** Something that signs with it, for one thread. */
    Scheme scheme();

    /**
     * Reads a secret of either scheme.
     *
     * @throws IllegalArgumentException saying what is wrong, without the secret
     */
    static SigningSecret parse(String text) {
        if (text.startsWith(Ed25519Secret.PREFIX)) {
            return Ed25519Secret.parse(text);
        }
        if (text.startsWith(HmacSecret.PREFIX)) {
            return HmacSecret.parse(text);
        }
        throw new IllegalArgumentException(
                "A signing secret starts with " + HmacSecret.PREFIX + " or " + Ed25519Secret.PREFIX + ".");
    }

    /** Makes the tokens of a signature header. Not thread-safe. */
    interface Scheme {
        /**
         * One token: the scheme's version, a comma, the signature in base 64.
         *
         * @param start id and timestamp, each with a dot after it
         * @param body the bytes sent
         */
        String token(byte[] start, byte[] body);
    }
}
