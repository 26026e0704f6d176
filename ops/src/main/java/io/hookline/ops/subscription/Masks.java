package io.hookline.ops.subscription;

import io.hookline.avro.Secret;
import io.hookline.avro.SigningKey;
import io.hookline.deliverer.secret.Fingerprint;
import io.hookline.deliverer.sign.Ed25519Secret;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is shown in place of a secret. A signing key's mask carries a fingerprint, so that two keys can be told apart and a document with
 * masks can be applied again; it gives away nothing, as keys are at least 24 random bytes. Headers have no fingerprint: their values may be
 * guessable.
 */
final class Masks {
    /** Stands for a value that is kept as it is stored. */
    static final String HIDDEN = "****";

    private static final String KEY = "whsec_****";
    private static final int FINGERPRINT_CHARS = 8;
    /** Headers that say what a request is, not who may make it. Any other may be a credential, whatever its name. */
    static final Set<String> HARMLESS_HEADERS = new TreeSet<>(Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "origin",
            "priority",
            "referer",
            "x-api-version",
            "x-env",
            "x-environment",
            "x-region",
            "x-request-source"));

    private Masks() {}

    /** What stands for a signing key, the same for the same key, encrypted or not: of an asymmetric one its public half, which is no secret. */
    static String ofKey(SigningKey key) {
        Secret secret = key.getSecret();
        String fingerprint = secret.getKeyId().isEmpty()
                ? Fingerprint.of(key.getAlgorithm(), secret.getValue())
                : secret.getFingerprint();
        return fingerprint.startsWith(Ed25519Secret.PUBLIC_PREFIX)
                ? fingerprint
                : KEY + fingerprint.substring(0, Math.min(FINGERPRINT_CHARS, fingerprint.length()));
    }

    static boolean isKeyMask(String text) {
        return text.startsWith(KEY) || text.startsWith(Ed25519Secret.PUBLIC_PREFIX);
    }

    /** Whether a header's value may be a secret: of every header that is not known to be harmless. */
    static boolean hides(String headerName) {
        return !HARMLESS_HEADERS.contains(headerName.toLowerCase(Locale.ROOT));
    }
}
