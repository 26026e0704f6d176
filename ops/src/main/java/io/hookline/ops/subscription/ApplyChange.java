package io.hookline.ops.subscription;

import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.sign.SigningSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a subscription what a document says. A signing secret is made at most once, however often it is asked, so that an attempt whose
 * success was not known does not end in a second secret.
 */
final class ApplyChange implements Change {
    private final SubscriptionDocument document;
    private final SecureRandom random;
    private @Nullable SigningSecret made;

    ApplyChange(SubscriptionDocument document, SecureRandom random) {
        this.document = document;
        this.random = random;
    }

    @Override
    public String id() {
        return document.id();
    }

    @Override
    public Decision decide(@Nullable StoredSubscription stored, Instant now) {
        if (stored != null && stored.subscription() == null) {
            return Change.unreadable(stored);
        }
        Subscription current = stored == null ? null : stored.subscription();
        String refused = versionProblem(current);
        if (refused != null) {
            return new Decision.Refuse(refused);
        }
        List<String> problems = new ArrayList<>();
        Subscription.Builder next = Subscription.newBuilder(document.template())
                .setCreatedAt(current == null ? now : current.getCreatedAt())
                .setHeaders(headers(current, problems))
                .setSealedHeaders(sealedHeaders(current))
                .setAuth(auth(current, problems))
                .setSigningKeys(keys(current, now, problems));
        if (current != null) {
            keepWhatDocumentsDoNotSay(next, current);
            refuseToSendKeptSecretsElsewhere(current, problems);
        }
        if (!problems.isEmpty()) {
            return new Decision.Refuse(String.join(" ", problems));
        }
        return finish(next, current, now);
    }

    private Decision finish(Subscription.Builder next, @Nullable Subscription current, Instant now) {
        if (current == null) {
            return new Decision.Put(next.setVersion(1).setUpdatedAt(now).build(), newSecret(next.getSigningKeys()));
        }
        Subscription same = next.setVersion(current.getVersion())
                .setUpdatedAt(current.getUpdatedAt())
                .build();
        if (same.equals(current)) {
            return new Decision.Keep(newSecret(current.getSigningKeys()));
        }
        return new Decision.Put(
                next.setVersion(current.getVersion() + 1).setUpdatedAt(now).build(), newSecret(next.getSigningKeys()));
    }

    /** Who may write subscriptions need not be able to read their secrets, and must not have them sent to where it can read them. */
    private void refuseToSendKeptSecretsElsewhere(Subscription current, List<String> problems) {
        Subscription next = document.template();
        boolean keeps = !document.keptHeaders().isEmpty() || document.keepsAuthSecret();
        if (keeps && !origin(next.getUrl()).equals(origin(current.getUrl()))) {
            problems.add("url has another scheme, host or port than the one stored, and secrets are masked ("
                    + Masks.HIDDEN + "): write the values of headers and auth that the new endpoint is to get.");
        }
        EndpointAuth auth = next.getAuth();
        EndpointAuth stored = current.getAuth();
        if (document.keepsAuthSecret()
                && auth != null
                && stored != null
                && !Objects.equals(auth.getTokenUrl(), stored.getTokenUrl())) {
            problems.add("auth.tokenUrl is not the one stored, and the secret is masked (" + Masks.HIDDEN
                    + "): write the secret that the new token server is to get.");
        }
    }

    /** Scheme, host and port; the whole text where it is no URL that can be used. */
    private static String origin(String url) {
        try {
            EndpointUrl parsed = EndpointUrl.parse(url);
            return parsed.scheme() + "://" + parsed.host() + ":" + parsed.port();
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private void keepWhatDocumentsDoNotSay(Subscription.Builder next, Subscription current) {
        next.setPayloadEncryption(current.getPayloadEncryption()).setEndpointId(current.getEndpointId());
        if (!document.statusGiven()) {
            next.setStatus(current.getStatus());
        }
    }

    private @Nullable String versionProblem(@Nullable Subscription current) {
        if (document.version().isEmpty()) {
            return null;
        }
        long based = document.version().getAsLong();
        if (current == null) {
            return "the document is based on version " + based
                    + ", but nothing is stored: it was deleted. Remove 'version' from the document to create it again.";
        }
        return current.getVersion() == based
                ? null
                : "the document is based on version " + based + ", but version " + current.getVersion() + " of "
                        + current.getUpdatedAt()
                        + " is stored: somebody changed it meanwhile. Look with 'hookline subscriptions show "
                        + id()
                        + "', merge, and apply again; without 'version' the document wins over whatever is stored.";
    }

    private Map<String, String> headers(@Nullable Subscription current, List<String> problems) {
        Map<String, String> headers = new HashMap<>(document.template().getHeaders());
        for (String name : document.keptHeaders()) {
            String stored = current == null ? null : current.getHeaders().get(name);
            if (stored == null && sealedHeaders(current).containsKey(name)) {
                continue;
            }
            if (stored == null) {
                problems.add("headers." + name + " is masked (" + Masks.HIDDEN
                        + "), but no value is stored: write the value.");
            } else {
                headers.put(name, stored);
            }
        }
        return headers;
    }

    /** Those that are masked in the document and that this command cannot decrypt: they stay as they are. */
    private Map<String, Secret> sealedHeaders(@Nullable Subscription current) {
        Map<String, Secret> kept = new HashMap<>();
        if (current != null) {
            kept.putAll(current.getSealedHeaders());
            kept.keySet().retainAll(document.keptHeaders());
        }
        return kept;
    }

    private @Nullable EndpointAuth auth(@Nullable Subscription current, List<String> problems) {
        EndpointAuth given = document.template().getAuth();
        if (given == null || !document.keepsAuthSecret()) {
            return given;
        }
        EndpointAuth stored = current == null ? null : current.getAuth();
        if (stored == null || stored.getSecret() == null || stored.getKind() != given.getKind()) {
            problems.add("the secret of auth is masked (" + Masks.HIDDEN
                    + "), but none of that kind is stored: write the secret itself.");
            return given;
        }
        EndpointAuth whole =
                EndpointAuth.newBuilder(given).setSecret(stored.getSecret()).build();
        if (stored.getSecret().getKeyId().isEmpty()) {
            check(whole, problems);
        }
        return whole;
    }

    /** The stored secret may not fit what is new, such as a certificate. */
    private static void check(EndpointAuth auth, List<String> problems) {
        try {
            Auth.of(auth);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private List<SigningKey> keys(@Nullable Subscription current, Instant now, List<String> problems) {
        List<SigningKey> stored = current == null ? List.of() : current.getSigningKeys();
        if (document.signing() instanceof SigningRequest.None) {
            return List.of();
        }
        if (document.signing() instanceof SigningRequest.Keys given) {
            List<SigningKey> keys = new ArrayList<>();
            given.keys().forEach(key -> key(key, stored, now, problems, keys));
            return keys;
        }
        return stored.isEmpty() ? List.of(StoredKeys.key(make(), now, null)) : stored;
    }

    private static void key(
            SigningRequest.Key given,
            List<SigningKey> stored,
            Instant now,
            List<String> problems,
            List<SigningKey> keys) {
        for (SigningKey known : stored) {
            boolean same = given.secret() == null
                    ? Masks.ofKey(known).equals(given.mask())
                    : StoredKeys.is(known, given.secret());
            if (same) {
                keys.add(SigningKey.newBuilder(known)
                        .setExpiresAt(given.expiresAt())
                        .build());
                return;
            }
        }
        if (given.secret() == null) {
            problems.add("signing: " + given.mask()
                    + " is a mask, and no stored secret has it: write the secret itself, or leave"
                    + " 'signing' away to keep the stored ones.");
        } else {
            keys.add(StoredKeys.key(given.secret(), now, given.expiresAt()));
        }
    }

    private SigningSecret make() {
        if (made == null) {
            SigningAlgorithm algorithm = document.signing() instanceof SigningRequest.Generate generate
                    ? generate.algorithm()
                    : SigningAlgorithm.HMAC_SHA256;
            made = StoredKeys.generate(algorithm, random);
        }
        return made;
    }

    /** What the receiver verifies with the secret made here, if it is among these keys. */
    private @Nullable String newSecret(List<SigningKey> keys) {
        SigningSecret mine = made;
        return mine != null && keys.stream().anyMatch(key -> StoredKeys.is(key, mine)) ? mine.verifier() : null;
    }
}
