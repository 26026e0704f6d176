package io.hookline.deliverer.endpoint;

import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is told who calls.
 *
 * @param authorization value of a fixed Authorization header; null: none, or one that has to be fetched
 * @param oauth whom to ask for the header; null: nobody
 * @param tls certificates of the connection; null: the JVM's, and none of ours
 */
public record Auth(
        @Nullable String authorization,
        @Nullable OAuthClient oauth,
        @Nullable TlsIdentity tls) {
    /** Nothing but what the URL and static headers say. */
    public static final Auth NONE = new Auth(null, null, null);

    private static final String AUTHORIZATION = "authorization";

    /** RFC 6750, 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x20-\\x7e]+");

    /**
     * @throws IllegalArgumentException naming the field that cannot be used and the mend, never a secret
     */
    public static Auth of(@Nullable EndpointAuth auth) {
        if (auth == null) {
            return NONE;
        }
        TlsIdentity ca = auth.getTrustedCa() == null ? null : TlsIdentity.of(null, null, auth.getTrustedCa());
        return switch (auth.getKind()) {
            case BASIC -> new Auth(basic(user(auth), secret(auth)), null, ca);
            case BEARER -> new Auth(bearer(secret(auth)), null, ca);
            case OAUTH2_CLIENT_CREDENTIALS -> new Auth(null, oauth(auth, user(auth), secret(auth)), ca);
            case MUTUAL_TLS ->
                new Auth(
                        null,
                        null,
                        TlsIdentity.of(
                                required("certificate", auth.getCertificate(), auth),
                                bytes(auth),
                                auth.getTrustedCa()));
            case UNKNOWN ->
                throw new IllegalArgumentException(
                        "This release does not know auth.kind UNKNOWN: use one that it knows, or a newer deliverer.");
        };
    }

    private static String basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "auth.user has a colon, which basic authentication takes for the password's start.");
        }
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static String bearer(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "auth.token has characters that no bearer token has: letters, digits, - . _ ~ + /"
                            + " and '=' at the end are expected.");
        }
        return "Bearer " + token;
    }

    private static OAuthClient oauth(EndpointAuth auth, String id, String secret) {
        String url = required("tokenUrl", auth.getTokenUrl(), auth);
        if (!CREDENTIAL.matcher(id).matches() || !CREDENTIAL.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "auth.user and auth.secret of OAuth 2.0 are visible ASCII characters; there is another.");
        }
        try {
            return new OAuthClient(EndpointUrl.parse(url), id, secret, List.copyOf(auth.getScopes()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("auth.tokenUrl: " + e.getMessage(), e);
        }
    }

    private static String user(EndpointAuth auth) {
        return required("user", auth.getUser(), auth);
    }

    private static String secret(EndpointAuth auth) {
        return new String(bytes(auth), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(EndpointAuth auth) {
        Secret secret = required("secret", auth.getSecret(), auth);
        if (!secret.getKeyId().isEmpty()) {
            throw new IllegalArgumentException("auth.secret is encrypted with key '" + secret.getKeyId()
                    + "', which this deliverer does not have.");
        }
        ByteBuffer value = secret.getValue().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    private static <T> T required(String field, @Nullable T value, EndpointAuth auth) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "auth." + field + " is missing, which " + name(auth.getKind()) + " needs.");
        }
        return value;
    }

    private static String name(AuthKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Static headers and, where it is fixed, the one that authorizes. */
    Map<String, String> with(Map<String, String> headers) {
        boolean isGiven = headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase(AUTHORIZATION));
        if (isGiven && (authorization != null || oauth != null)) {
            throw new IllegalArgumentException(
                    "headers has Authorization, which auth sets as well: remove one of them.");
        }
        if (authorization == null) {
            return headers;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", authorization);
        return Map.copyOf(all);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Auth[" + (oauth == null ? authorization == null ? "" : "header" : oauth) + "]";
    }
}
