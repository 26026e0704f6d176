package io.hookline.deliverer.secret;

import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts what is secret in a subscription: signing keys, the secret of its authentication, and the values of static headers. A
 * ciphertext is bound to the subscription's id and the field, so that it can be moved neither to another subscription nor to a field that is sent or
 * shown. Immutable, any thread.
 */
public final class Secrets {
    private static final String SIGNING = "signingKeys";
    private static final String AUTH = "auth.secret";
    private static final String HEADERS = "headers.";

    private final @Nullable Keyset keyset;

    /** @param keyset null: secrets are stored in clear */
    public Secrets(@Nullable Keyset keyset) {
        this.keyset = keyset;
    }

    /** Whether anything is encrypted on writing. */
    public boolean isSealing() {
        return keyset != null;
    }

    /** The key that seals what is written; empty where nothing is encrypted. */
    public String sealingKey() {
        return keyset == null ? "" : keyset.primaryId();
    }

    /** Whether what this keyset's keys have sealed can be read. */
    public boolean canOpen() {
        return keyset != null && keyset.canOpen();
    }

    /** As it is to be stored: what is in clear is encrypted, what is encrypted stays. Without a keyset, as given. */
    public Subscription seal(Subscription subscription) {
        if (keyset == null) {
            return subscription;
        }
        Keyset by = keyset;
        Subscription sealed = map(
                subscription, (context, secret) -> secret.getKeyId().isEmpty() ? seal(by, context, secret) : secret);
        Map<String, Secret> headers = new HashMap<>(sealed.getSealedHeaders());
        subscription.getHeaders().forEach((name, value) -> {
            Secret clear = Secret.newBuilder()
                    .setValue(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)))
                    .build();
            headers.put(name, seal(by, context(subscription, HEADERS + name), clear));
        });
        return Subscription.newBuilder(sealed)
                .setHeaders(Map.of())
                .setSealedHeaders(headers)
                .build();
    }

    private static Secret seal(Keyset keyset, String context, Secret secret) {
        return Secret.newBuilder(secret)
                .setValue(ByteBuffer.wrap(keyset.seal(bytes(secret), context)))
                .setKeyId(keyset.primaryId())
                .build();
    }

    /**
     * With everything in clear.
     *
     * @throws SealedException where something is encrypted that this keyset does not open
     */
    public Subscription open(Subscription subscription) {
        if (!isSealed(subscription)) {
            return subscription;
        }
        Subscription opened = map(subscription, this::open);
        Map<String, String> headers = new HashMap<>(opened.getHeaders());
        subscription.getSealedHeaders().forEach((name, secret) -> {
            byte[] value = bytes(open(context(subscription, HEADERS + name), secret));
            headers.put(name, new String(value, StandardCharsets.UTF_8));
        });
        return Subscription.newBuilder(opened)
                .setHeaders(headers)
                .setSealedHeaders(Map.of())
                .build();
    }

    private Secret open(String context, Secret secret) {
        if (secret.getKeyId().isEmpty()) {
            return secret;
        }
        if (keyset == null || !keyset.canOpen() || !keyset.ids().contains(secret.getKeyId())) {
            throw new SealedException(context + " is encrypted to key " + secret.getKeyId() + ", and "
                    + (keyset == null
                            ? "no keyset is configured: set " + SecretSettings.KEYSET_FILE + "."
                            : "the keyset has " + (keyset.canOpen() ? "" : "public keys only, of ") + keyset.ids()
                                    + ": use the private keyset with that key."));
        }
        try {
            return Secret.newBuilder(secret)
                    .setValue(ByteBuffer.wrap(keyset.open(bytes(secret), context)))
                    .setKeyId("")
                    .setFingerprint("")
                    .build();
        } catch (GeneralSecurityException e) {
            throw new SealedException(context + " cannot be decrypted with key " + secret.getKeyId()
                    + ": it was changed, or encrypted for another subscription or field. Write the secret anew.");
        }
    }

    /** Whether anything in it is encrypted. */
    public static boolean isSealed(Subscription subscription) {
        return stored(subscription).anyMatch(secret -> !secret.getKeyId().isEmpty());
    }

    /** Whether writing it again would change how its secrets are protected: some are in clear, or sealed by another than the primary key. */
    public boolean isStale(Subscription subscription) {
        return keyset != null
                && (!subscription.getHeaders().isEmpty()
                        || stored(subscription)
                                .anyMatch(secret -> !secret.getKeyId().equals(keyset.primaryId())));
    }

    private static Stream<Secret> stored(Subscription subscription) {
        EndpointAuth auth = subscription.getAuth();
        Stream<Secret> fields = Stream.concat(
                subscription.getSigningKeys().stream().map(SigningKey::getSecret),
                subscription.getSealedHeaders().values().stream());
        return auth == null || auth.getSecret() == null ? fields : Stream.concat(fields, Stream.of(auth.getSecret()));
    }

    /** Everything but headers. */
    private static Subscription map(Subscription subscription, BiFunction<String, Secret, Secret> change) {
        List<SigningKey> keys = subscription.getSigningKeys().stream()
                .map(key -> SigningKey.newBuilder(key)
                        .setSecret(change.apply(context(subscription, SIGNING), fingerprinted(key)))
                        .build())
                .toList();
        Subscription.Builder next = Subscription.newBuilder(subscription).setSigningKeys(keys);
        EndpointAuth auth = subscription.getAuth();
        if (auth != null && auth.getSecret() != null) {
            next.setAuth(EndpointAuth.newBuilder(auth)
                    .setSecret(change.apply(context(subscription, AUTH), auth.getSecret()))
                    .build());
        }
        return next.build();
    }

    /** Who can only write has to tell signing keys apart. What is not random, such as a password, has no fingerprint. */
    private static Secret fingerprinted(SigningKey key) {
        Secret secret = key.getSecret();
        return secret.getKeyId().isEmpty()
                ? Secret.newBuilder(secret)
                        .setFingerprint(Fingerprint.of(key.getAlgorithm(), secret.getValue()))
                        .build()
                : secret;
    }

    /** Ids have no slash. */
    private static String context(Subscription subscription, String field) {
        return subscription.getId() + "/" + field;
    }

    private static byte[] bytes(Secret secret) {
        ByteBuffer value = secret.getValue().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }
}
