package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.sign.Ed25519Secret;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.schemas.serde.GeneratedClasses;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotateSecretTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        GeneratedClasses.trust();
    }

    private static SigningKey key(@Nullable Instant expiresAt) {
        return StoredKeys.key(HmacSecret.generate(RANDOM), NOW.minus(DAY), expiresAt);
    }

    private static StoredSubscription stored(SigningKey... keys) {
        Subscription subscription = Subscription.newBuilder()
                .setId("crm")
                .setTenant("t")
                .setUrl("https://partner.example/")
                .setEventTypes(List.of("order"))
                .setSigningKeys(List.of(keys))
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .setVersion(4)
                .build();
        return new StoredSubscription("crm", subscription, null, 0, 0);
    }

    private static RotateSecret rotate(Duration overlap) {
        return new RotateSecret("crm", overlap, null, RANDOM);
    }

    private static Decision.Put put(RotateSecret change, StoredSubscription stored) {
        return (Decision.Put) change.decide(stored, NOW);
    }

    @Test
    void shouldLetThePresentSecretSignUntilTheOverlapEnds() {
        SigningKey present = key(null);
        Decision.Put put = put(rotate(DAY), stored(present));
        List<SigningKey> keys = put.next().getSigningKeys();
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0).getExpiresAt()).isNull();
        assertThat(StoredKeys.secret(keys.get(0)).reveal()).isEqualTo(put.newSecret());
        assertThat(keys.get(1).getSecret()).isEqualTo(present.getSecret());
        assertThat(keys.get(1).getExpiresAt()).isEqualTo(NOW.plus(DAY));
        assertThat(put.next().getVersion()).isEqualTo(5);
    }

    @Test
    void shouldNeverProlongASecretAndForgetWhatHasEnded() {
        SigningKey soon = key(NOW.plusSeconds(60));
        SigningKey late = key(NOW.plus(Duration.ofDays(9)));
        List<SigningKey> keys = put(rotate(DAY), stored(key(NOW), soon, late, key(NOW.minusSeconds(1))))
                .next()
                .getSigningKeys();
        assertThat(keys).extracting(SigningKey::getExpiresAt).containsExactly(null, NOW.plusSeconds(60), NOW.plus(DAY));
    }

    @Test
    void shouldEndThePresentSecretAtOnceWithoutAnOverlap() {
        assertThat(put(rotate(Duration.ZERO), stored(key(null))).next().getSigningKeys())
                .hasSize(1);
    }

    /** An attempt to write whose success was not known must not end in two secrets, of which one was never shown. */
    @Test
    void shouldMakeOneSecretHoweverOftenItIsAsked() {
        RotateSecret change = rotate(DAY);
        Decision.Put first = put(change, stored(key(null)));
        Decision.Put second = put(change, stored(key(null)));
        assertThat(second.newSecret()).isEqualTo(first.newSecret());
        StoredSubscription after = new StoredSubscription("crm", first.next(), null, 0, 1);
        assertThat(change.decide(after, NOW)).isEqualTo(new Decision.Keep(first.newSecret()));
    }

    @Test
    void shouldKeepTheAlgorithmUnlessToldAndShowOnlyPublicHalves() {
        RotateSecret toEd25519 = new RotateSecret("crm", DAY, SigningAlgorithm.ED25519, RANDOM);
        Decision.Put put = put(toEd25519, stored(key(null)));
        assertThat(put.newSecret()).startsWith(Ed25519Secret.PUBLIC_PREFIX);
        StoredSubscription now = new StoredSubscription("crm", put.next(), null, 0, 1);
        Decision.Put again = put(rotate(DAY), now);
        assertThat(again.next().getSigningKeys())
                .extracting(SigningKey::getAlgorithm)
                .containsExactly(SigningAlgorithm.ED25519, SigningAlgorithm.ED25519, SigningAlgorithm.HMAC_SHA256);
    }

    @Test
    void shouldRefuseMoreSecretsThanCanSign() {
        assertThat(rotate(DAY).decide(stored(key(null), key(null), key(null), key(null), key(null)), NOW))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.why()).contains("at most 5", "--overlap"));
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThat(rotate(DAY).decide(null, NOW)).isEqualTo(new Decision.Missing());
    }
}
