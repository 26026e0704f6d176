package io.hookline.deliverer.secret;

import com.google.crypto.tink.Aead;

/**
 * What keysets are encrypted with where there is a key management service. Found by {@link java.util.ServiceLoader}, so that a jar with the client of
 * that service in {@code lib} is all it takes; asked once, at the start of a process or command, never for a record. {@code file:} is built in.
 */
public interface KeysetKms {
    /** Whether it knows the key that this URI names, such as {@code aws-kms://...}. */
    boolean knows(String keyUri);

    /**
     * The key's encryption. May block and ask the network.
     *
     * @throws IllegalArgumentException saying why the key cannot be used
     */
    Aead aead(String keyUri);
}
