package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.sign.SigningSecret;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The field {@code signing}: {@code generate}, {@code generate-ed25519}, {@code none}, a secret, or a list of secrets of which some may expire. */
final class SigningFields {
    static final int KEYS_MAX = 5;
    private static final String SECRET = "secret";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String EXPECTED =
            "generate, generate-ed25519, none, or a secret (whsec_ and the base 64 of 24 to 64 random bytes, or whsk_ and the base 64 of an"
                    + " ed25519 seed and public key) is expected.";

    private SigningFields() {}

    static void read(Value value, Draft draft) {
        JsonNode node = value.node();
        if (node.isTextual() && node.textValue().equals("generate")) {
            draft.signing = new SigningRequest.Generate(SigningAlgorithm.HMAC_SHA256);
            return;
        }
        if (node.isTextual() && node.textValue().equals("generate-ed25519")) {
            draft.signing = new SigningRequest.Generate(SigningAlgorithm.ED25519);
            return;
        }
        if (node.isTextual() && node.textValue().equals("none")) {
            draft.signing = new SigningRequest.None();
            return;
        }
        List<SigningRequest.Key> keys = new ArrayList<>();
        for (Value item : value.items(KEYS_MAX)) {
            SigningRequest.Key key = item.node().isObject() ? readEntry(item) : readSecret(item, null);
            if (key != null) {
                keys.add(key);
            }
        }
        draft.signing = new SigningRequest.Keys(keys);
    }

    private static SigningRequest.@Nullable Key readEntry(Value entry) {
        entry.allowOnly(Set.of(SECRET, EXPIRES_AT));
        Value expires = entry.field(EXPIRES_AT);
        Instant expiresAt = expires == null ? null : readTime(expires);
        Value secret = entry.field(SECRET);
        if (secret == null) {
            entry.refuseSecret("a key needs a secret; " + EXPECTED);
            return null;
        }
        return readSecret(secret, expiresAt);
    }

    private static SigningRequest.@Nullable Key readSecret(Value value, @Nullable Instant expiresAt) {
        if (!value.node().isTextual()) {
            value.refuseSecret(EXPECTED);
            return null;
        }
        String text = value.node().textValue();
        if (Masks.isKeyMask(text)) {
            return new SigningRequest.Key(null, text, expiresAt);
        }
        try {
            return new SigningRequest.Key(SigningSecret.parse(text), null, expiresAt);
        } catch (IllegalArgumentException e) {
            value.refuseSecret(e.getMessage() + " Here, " + EXPECTED);
            return null;
        }
    }

    private static @Nullable Instant readTime(Value value) {
        try {
            String text = value.text(64);
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            value.refuse("an RFC 3339 time is expected, such as 2026-11-24T08:30:00Z.");
            return null;
        }
    }

    static JsonNode write(Subscription subscription, boolean showSecrets) {
        List<SigningKey> keys = subscription.getSigningKeys();
        if (keys.isEmpty()) {
            return TextNode.valueOf("none");
        }
        if (keys.size() == 1 && keys.get(0).getExpiresAt() == null) {
            return TextNode.valueOf(secretText(keys.get(0), showSecrets));
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (SigningKey key : keys) {
            ObjectNode entry = list.addObject().put(SECRET, secretText(key, showSecrets));
            if (key.getExpiresAt() != null) {
                entry.put(EXPIRES_AT, key.getExpiresAt().toString());
            }
        }
        return list;
    }

    /** An encrypted secret is only ever shown as its mask. */
    private static String secretText(SigningKey key, boolean showSecrets) {
        if (!showSecrets || !key.getSecret().getKeyId().isEmpty()) {
            return Masks.ofKey(key);
        }
        return StoredKeys.secret(key).reveal();
    }
}
