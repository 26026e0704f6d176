package io.hookline.deliverer.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.hybrid.HybridPrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that secrets are encrypted to, in Google Tink's JSON: hybrid encryption (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). A
 * public keyset seals, a private one opens as well. Of several keys the primary one seals, all of them open: that is how keys are replaced
 * without a pause. Immutable, any thread.
 */
public final class Keyset {
    private static final byte[] NO_CONTEXT = {};

    static {
        try {
            HybridConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink's hybrid encryption cannot be set up.", e);
        }
    }

    private final KeysetHandle handle;
    private final HybridEncrypt sealing;
    private final @Nullable HybridDecrypt opening;

    private Keyset(KeysetHandle handle) throws GeneralSecurityException {
        boolean isPrivate = handle.getPrimary().getKey() instanceof HybridPrivateKey;
        KeysetHandle publicHandle = isPrivate ? handle.getPublicKeysetHandle() : handle;
        this.handle = handle;
        this.sealing = publicHandle.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
        this.opening = isPrivate ? handle.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class) : null;
    }

    /** A private one of one new key. */
    public static Keyset generate() {
        return guarded(
                "made",
                () -> new Keyset(KeysetHandle.newBuilder().addEntry(newEntry()).build()));
    }

    /** With a new key that seals from now on; the others open. */
    public Keyset withNewKey() {
        requirePrivate();
        return guarded(
                "extended",
                () -> new Keyset(
                        KeysetHandle.newBuilder(handle).addEntry(newEntry()).build()));
    }

    /** With its primary key alone: what others have sealed can be opened no more. */
    public Keyset withPrimaryOnly() {
        requirePrivate();
        return guarded(
                "reduced",
                () -> new Keyset(KeysetHandle.newBuilder()
                        .addEntry(KeysetHandle.importKey(handle.getPrimary().getKey())
                                .withFixedId(handle.getPrimary().getId())
                                .makePrimary())
                        .build()));
    }

    /** What may be given to everyone who writes subscriptions. */
    public Keyset publicOnly() {
        return canOpen() ? guarded("made public", () -> new Keyset(handle.getPublicKeysetHandle())) : this;
    }

    private static KeysetHandle.Builder.Entry newEntry() throws GeneralSecurityException {
        HpkeParameters parameters = HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.TINK)
                .build();
        return KeysetHandle.generateEntryFromParameters(parameters)
                .withRandomId()
                .makePrimary();
    }

    /**
     * Reads a keyset.
     *
     * @param json Tink's JSON of a public, a private, or (with {@code wrapping}) an encrypted private keyset
     * @param wrapping what it is encrypted with; null: it is not
     * @throws IllegalArgumentException where it cannot be used, without a key in the message
     */
    public static Keyset parse(String json, @Nullable Aead wrapping) {
        try {
            return new Keyset(
                    wrapping == null
                            ? TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                            : TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, wrapping, NO_CONTEXT));
        } catch (GeneralSecurityException | RuntimeException e) {
            // Without the cause: a parser's message may repeat what it could not parse.
            throw new IllegalArgumentException(
                    wrapping == null
                            ? "it is no keyset of Tink's hybrid encryption in JSON, or it is encrypted and no wrapping key is named"
                            : "it is no encrypted keyset of Tink's in JSON, or another key has encrypted it");
        }
    }

    /** As {@link #parse} reads it. */
    public String json(@Nullable Aead wrapping) {
        return guarded("written", () -> {
            if (!canOpen()) {
                return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(handle);
            }
            return wrapping == null
                    ? TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get())
                    : TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, wrapping, NO_CONTEXT);
        });
    }

    /** Whether it holds private keys. */
    public boolean canOpen() {
        return opening != null;
    }

    /** The key that seals, by the number Tink gives it. */
    public String primaryId() {
        return id(handle.getPrimary().getId());
    }

    /** All its keys. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            ids.add(id(handle.getAt(i).getId()));
        }
        return ids;
    }

    /** @param context what the ciphertext belongs to; it opens with the same only */
    byte[] seal(byte[] clear, String context) {
        return guarded("used", () -> sealing.encrypt(clear, context.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws GeneralSecurityException where it was sealed by another key, for another context, or changed */
    byte[] open(byte[] sealed, String context) throws GeneralSecurityException {
        requirePrivate();
        return java.util.Objects.requireNonNull(opening).decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
    }

    private void requirePrivate() {
        if (!canOpen()) {
            throw new IllegalStateException("A public keyset has no private keys.");
        }
    }

    /** Tink numbers keys with 32 bits, unsigned. */
    private static String id(int number) {
        return Integer.toUnsignedString(number);
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws GeneralSecurityException;
    }

    private static <T> T guarded(String done, Step<T> step) {
        try {
            return step.take();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset could not be " + done + ".", e);
        }
    }

    /** Its keys' numbers, no keys. */
    @Override
    public String toString() {
        return "Keyset" + ids() + (canOpen() ? "" : " (public)");
    }
}
