package io.hookline.deliverer.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who a deliverer is to one endpoint, and whom it trusts there: a client certificate with its key, CA certificates, or both. Equal where all
 * of that is, so that nobody's connection is another's. Immutable; any thread.
 */
public final class TlsIdentity {
    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = "hookline".getBytes(StandardCharsets.US_ASCII);

    private final List<X509Certificate> chain;
    private final @Nullable PrivateKey key;
    private final List<X509Certificate> trusted;
    private final List<Object> content;

    private TlsIdentity(List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> trusted) {
        this.chain = chain;
        this.key = key;
        this.trusted = trusted;
        this.content = key == null ? List.of(chain, trusted) : List.of(chain, trusted, key);
    }

    /**
     * @param certificate chain of the client's certificate, its own first, PEM; null: none is shown
     * @param key PKCS#8 DER of the certificate's key; null where there is no certificate
     * @param trustedCa CA certificates that the endpoint's certificate may come from, PEM; null: the JVM's
     * @throws IllegalArgumentException naming the field that cannot be used, and never a key
     */
    public static TlsIdentity of(@Nullable String certificate, byte @Nullable [] key, @Nullable String trustedCa) {
        List<X509Certificate> chain = certificate == null ? List.of() : certificates("auth.certificate", certificate);
        List<X509Certificate> trusted = trustedCa == null ? List.of() : certificates("auth.trustedCa", trustedCa);
        if (chain.isEmpty() || key == null) {
            if (chain.isEmpty() != (key == null)) {
                throw new IllegalArgumentException(
                        "auth.certificate and its key belong together: give both, or neither of them.");
            }
            return new TlsIdentity(chain, null, trusted);
        }
        PrivateKey usable = privateKey(key, chain.get(0).getPublicKey());
        return new TlsIdentity(chain, usable, trusted);
    }

    private static List<X509Certificate> certificates(String field, String pem) {
        try {
            List<X509Certificate> all = new ArrayList<>();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate certificate :
                    factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                all.add((X509Certificate) certificate);
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException(
                        field + " holds no certificate: PEM is expected" + " (-----BEGIN CERTIFICATE-----).");
            }
            return List.copyOf(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    field + " cannot be read: " + e.getMessage() + ". PEM is expected (-----BEGIN CERTIFICATE-----).",
                    e);
        }
    }

    /** The causes of what goes wrong with a key are not told: some quote it. */
    private static PrivateKey privateKey(byte[] pkcs8, PublicKey publicKey) {
        String algorithm = publicKey.getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (isPair(key, publicKey)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("auth.key is not a " + algorithm
                    + " key in PKCS#8, which auth.certificate needs (-----BEGIN PRIVATE KEY-----, not encrypted).");
        }
        throw new IllegalArgumentException(
                "auth.key does not belong to auth.certificate: give the certificate's own key.");
    }

    private static boolean isPair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String scheme = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        Signature signature = Signature.getInstance(scheme);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /** A fresh context; costs some milliseconds. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("No TLS with the certificates of " + this + ": " + e.getMessage(), e);
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
        if (key == null) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
        if (trusted.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("ca" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsIdentity identity && content.equals(identity.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return chain.isEmpty()
                ? "TlsIdentity[" + trusted.size() + " trusted]"
                : "TlsIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
