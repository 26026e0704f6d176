package io.hookline.ops.subscription;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.sign.SigningSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscription a new signing secret. The ones it has go on signing until the overlap ends, so that its receiver verifies every request while it
 * goes over; those that have ended are forgotten. A secret is made at most once, however often this is asked.
 */
final class RotateSecret implements Change {
    private final String id;
    private final Duration overlap;
    private final @Nullable SigningAlgorithm algorithm;
    private final SecureRandom random;
    private @Nullable SigningSecret made;

    /**
     * @param overlap for how long the present secrets go on signing; zero: not at all
     * @param algorithm of the new secret; null: that of the newest present one
     */
    RotateSecret(String id, Duration overlap, @Nullable SigningAlgorithm algorithm, SecureRandom random) {
        this.id = id;
        this.overlap = overlap;
        this.algorithm = algorithm;
        this.random = random;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Decision decide(@Nullable StoredSubscription stored, Instant now) {
        if (stored == null) {
            return new Decision.Missing();
        }
        Subscription current = stored.subscription();
        if (current == null) {
            return Change.unreadable(stored);
        }
        List<SigningKey> known = current.getSigningKeys();
        SigningSecret secret = make(known);
        if (known.stream().anyMatch(key -> StoredKeys.is(key, secret))) {
            return new Decision.Keep(secret.verifier());
        }
        List<SigningKey> keys = new ArrayList<>();
        keys.add(StoredKeys.key(secret, now, null));
        keys.addAll(ending(known, now));
        if (keys.size() > SigningFields.KEYS_MAX) {
            return new Decision.Refuse("it has " + known.size() + " signing secrets that have not ended, and at most "
                    + SigningFields.KEYS_MAX + " can sign at once: wait until one ends, or take a shorter --overlap.");
        }
        return new Decision.Put(Change.next(current, now).setSigningKeys(keys).build(), secret.verifier());
    }

    private List<SigningKey> ending(List<SigningKey> known, Instant now) {
        Instant latest = now.plus(overlap);
        List<SigningKey> ending = new ArrayList<>();
        for (SigningKey key : known) {
            Instant end =
                    key.getExpiresAt() == null || key.getExpiresAt().isAfter(latest) ? latest : key.getExpiresAt();
            if (end.isAfter(now)) {
                ending.add(SigningKey.newBuilder(key).setExpiresAt(end).build());
            }
        }
        return ending;
    }

    private SigningSecret make(List<SigningKey> known) {
        SigningSecret secret = made;
        if (secret == null) {
            SigningAlgorithm present = known.isEmpty()
                    ? SigningAlgorithm.HMAC_SHA256
                    : known.get(0).getAlgorithm();
            secret = StoredKeys.generate(algorithm == null ? present : algorithm, random);
            made = secret;
        }
        return secret;
    }
}
