package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Secret;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.Auth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field {@code auth}: how the endpoint is told who calls. What is secret in it is masked, and stays as it is stored where it is. */
final class AuthFields {
    private static final String KIND = "kind";
    private static final String TRUSTED_CA = "trustedCa";
    private static final int TEXT_MAX = 2_000;
    private static final int SECRET_MAX = 16_384;
    private static final int PEM_MAX = 65_536;
    private static final int SCOPES_MAX = 50;

    /** RFC 6749, 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private AuthFields() {}

    static void read(Value value, Draft draft) {
        Value kindField = value.node().isObject() ? value.field(KIND) : null;
        if (kindField == null) {
            value.refuseSecret(
                    "a mapping with its kind is expected: one of basic, bearer, oauth2-client-credentials, mutual-tls.");
            return;
        }
        AuthKind kind = kindField.choice(FieldValues.known(AuthKind.values()));
        if (kind == null) {
            return;
        }
        String secretName = secretName(kind);
        Set<String> names = new TreeSet<>(others(kind));
        names.addAll(Set.of(KIND, secretName, TRUSTED_CA));
        value.allowOnly(names);
        EndpointAuth.Builder auth = EndpointAuth.newBuilder().setKind(kind);
        text(value, "user", TEXT_MAX, auth::setUser);
        text(value, "clientId", TEXT_MAX, auth::setUser);
        text(value, "tokenUrl", TEXT_MAX, auth::setTokenUrl);
        text(value, "certificate", PEM_MAX, auth::setCertificate);
        text(value, TRUSTED_CA, PEM_MAX, auth::setTrustedCa);
        auth.setScopes(scopes(value.field("scopes")));
        Value secret = value.field(secretName);
        if (secret == null) {
            value.refuseSecret(secretName + " is missing, which " + Value.name(kind) + " needs.");
            return;
        }
        boolean isKept = secret.node().isTextual() && secret.node().textValue().equals(Masks.HIDDEN);
        if (!isKept) {
            auth.setSecret(secret(secret, kind));
        }
        draft.keepsAuthSecret = isKept;
        draft.record.setAuth(auth.build());
        if (auth.getSecret() != null) {
            check(value, auth.build());
        }
    }

    private static String secretName(AuthKind kind) {
        return switch (kind) {
            case BASIC -> "password";
            case BEARER -> "token";
            case OAUTH2_CLIENT_CREDENTIALS -> "clientSecret";
            case MUTUAL_TLS -> "key";
            case UNKNOWN -> "secret";
        };
    }

    private static Set<String> others(AuthKind kind) {
        return switch (kind) {
            case BASIC -> Set.of("user");
            case OAUTH2_CLIENT_CREDENTIALS -> Set.of("clientId", "tokenUrl", "scopes");
            case MUTUAL_TLS -> Set.of("certificate");
            case BEARER, UNKNOWN -> Set.of();
        };
    }

    /** As a deliverer will. */
    private static void check(Value value, EndpointAuth auth) {
        try {
            Auth.of(auth);
        } catch (IllegalArgumentException e) {
            value.refuseSecret(String.valueOf(e.getMessage()));
        }
    }

    private static void text(Value value, String name, int max, Consumer<String> to) {
        Value field = value.field(name);
        if (field != null) {
            FieldValues.set(field.text(max), to);
        }
    }

    private static List<String> scopes(@Nullable Value value) {
        List<String> scopes = new ArrayList<>();
        if (value != null) {
            for (Value item : value.items(SCOPES_MAX)) {
                String scope = item.text(TEXT_MAX);
                if (scope != null && !SCOPE.matcher(scope).matches()) {
                    item.refuse(
                            "a scope is visible ASCII characters without quotes, backslashes or blanks; a list makes several.");
                } else if (scope != null) {
                    scopes.add(scope);
                }
            }
        }
        return scopes;
    }

    private static @Nullable Secret secret(Value value, AuthKind kind) {
        String text = value.node().isTextual() ? value.node().textValue() : "";
        if (text.isEmpty() || text.length() > SECRET_MAX) {
            value.refuseSecret("text of 1 to " + SECRET_MAX + " characters is expected; put it into quotes.");
            return null;
        }
        byte[] bytes = kind == AuthKind.MUTUAL_TLS ? pkcs8(text) : text.getBytes(StandardCharsets.UTF_8);
        if (bytes == null) {
            value.refuseSecret("a private key in PKCS#8 PEM, not encrypted, is expected (-----BEGIN PRIVATE KEY-----);"
                    + " 'openssl pkcs8 -topk8 -nocrypt' makes one.");
            return null;
        }
        return Secret.newBuilder().setValue(ByteBuffer.wrap(bytes)).build();
    }

    private static byte @Nullable [] pkcs8(String pem) {
        Matcher matcher = PRIVATE_KEY.matcher(pem);
        try {
            return matcher.matches() ? Base64.getMimeDecoder().decode(matcher.group(1)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable JsonNode write(Subscription subscription, boolean showSecrets) {
        EndpointAuth auth = subscription.getAuth();
        if (auth == null) {
            return null;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode().put(KIND, Value.name(auth.getKind()));
        boolean isOAuth = auth.getKind() == AuthKind.OAUTH2_CLIENT_CREDENTIALS;
        put(node, isOAuth ? "clientId" : "user", auth.getUser());
        put(node, "tokenUrl", auth.getTokenUrl());
        if (!auth.getScopes().isEmpty()) {
            auth.getScopes().forEach(node.putArray("scopes")::add);
        }
        put(node, "certificate", auth.getCertificate());
        String secretName = secretName(auth.getKind());
        if (auth.getSecret() != null) {
            node.put(secretName, showSecrets ? shown(auth.getKind(), auth.getSecret()) : Masks.HIDDEN);
        }
        put(node, TRUSTED_CA, auth.getTrustedCa());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** An encrypted secret is only ever shown as its mask. */
    private static String shown(AuthKind kind, Secret secret) {
        if (!secret.getKeyId().isEmpty()) {
            return Masks.HIDDEN;
        }
        byte[] bytes = new byte[secret.getValue().remaining()];
        secret.getValue().duplicate().get(bytes);
        return kind == AuthKind.MUTUAL_TLS
                ? "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                        + "\n-----END PRIVATE KEY-----\n"
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
