package io.hookline.deliverer.sign;

import java.util.Base64;

/** The base 64 behind a secret's prefix. */
final class Base64Text {
    private Base64Text() {}

    /** @throws IllegalArgumentException where it is none, without a cause: that would name a character of the secret */
    static byte[] decode(String prefix, String text) {
        try {
            return Base64.getDecoder().decode(text.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A signing secret is " + prefix + " and base 64; this one is not base 64.");
        }
    }
}
