package io.hookline.deliverer.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** {@code file:/path}: 32 random bytes in base 64, such as a secret that the platform mounts into memory. */
final class FileKms implements KeysetKms {
    private static final String SCHEME = "file:";
    private static final int KEY_BYTES = 32;

    @Override
    public boolean knows(String keyUri) {
        return keyUri.startsWith(SCHEME);
    }

    @Override
    public Aead aead(String keyUri) {
        byte[] key;
        try {
            key = Base64.getDecoder()
                    .decode(Files.readString(Path.of(URI.create(keyUri))).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("the wrapping key at " + keyUri + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            // Without the cause, which may repeat a character of the key.
            throw new IllegalArgumentException("the wrapping key at " + keyUri + " is no path or not base 64");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the wrapping key at " + keyUri + " has " + key.length + " bytes, not "
                    + KEY_BYTES + ": make one with: openssl rand -base64 " + KEY_BYTES);
        }
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the wrapping key at " + keyUri + " cannot be used", e);
        }
    }
}
