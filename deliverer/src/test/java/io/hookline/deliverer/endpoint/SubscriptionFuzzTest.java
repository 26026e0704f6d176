package io.hookline.deliverer.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.PayloadFormat;
import io.hookline.avro.RateLimit;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.deliverer.secret.Keyset;
import io.hookline.deliverer.secret.SealedException;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.fuzz.Fuzz;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any subscription can be delivered to, or says what is wrong with it; no message repeats a secret. {@code -Dfuzz.inputs=1000000} for a night. */
class SubscriptionFuzzTest {
    private static final String HUSH = "hushhushhushhushhushhushhush";
    private static final PlatformDefaults DEFAULTS = new PlatformDefaults(
            RetrySchedule.parse("5s 5m"), 86_400_000, 15_000, 64, new BreakerPolicy(true, 0.5, 20));
    private static final List<PayloadFormat> FORMATS = List.of(PayloadFormat.values());
    private static final int[] NUMBERS = {Integer.MIN_VALUE, -1, 0, 1, 7, Integer.MAX_VALUE};

    static {
        GeneratedClasses.trust();
    }

    private static Subscription damaged(Random random) {
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        boolean isEd25519 = random.nextInt(4) == 0;
        return Subscription.newBuilder()
                .setId("crm")
                .setTenant("t")
                .setUrl(Fuzz.damage("https://user@partner.example:8443/hooks?a=%20b#c", random))
                .setEventTypes(List.of("*"))
                .setPayloadFormat(FORMATS.get(random.nextInt(FORMATS.size())))
                .setHeaders(Map.of(Fuzz.damage("x-shop", random), Fuzz.damage(HUSH, random)))
                .setSigningKeys(List.of(SigningKey.newBuilder()
                        .setAlgorithm(isEd25519 ? SigningAlgorithm.ED25519 : SigningAlgorithm.HMAC_SHA256)
                        .setSecret(Secret.newBuilder()
                                .setValue(ByteBuffer.wrap(Fuzz.damage(
                                        (isEd25519 ? HUSH + HUSH + "12345678" : HUSH).getBytes(UTF_8), random)))
                                .build())
                        .setCreatedAt(Instant.EPOCH)
                        .build()))
                .setTransform(random.nextBoolean() ? null : Fuzz.damage("{\"id\": data.id}", random))
                .setRetrySchedule(random.nextBoolean() ? null : Fuzz.damage("5s 5m 30m 2h jitter 20%", random))
                .setMaxAgeMs(random.nextInt(4) > 0 ? null : (long) number)
                .setTimeoutMs(random.nextInt(4) > 0 ? null : number)
                .setMaxInFlight(random.nextInt(4) > 0 ? null : number)
                .setRateLimit(random.nextInt(4) > 0 ? null : new RateLimit(number, (long) number))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    @Test
    void shouldBeUsableOrSayWhatIsWrong() {
        int[] usable = {0};
        Fuzz.run(20_000, random -> {
            try {
                Endpoint endpoint = Endpoint.of(damaged(random), DEFAULTS);
                usable[0]++;
                byte[] body = {1};
                endpoint.headers("msg_1", 1_000, body).forEach(header -> {
                    assertThat(header.getKey()).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
                    assertThat(header.getValue()).matches("[\\x20-\\x7e\\t]*");
                });
                assertThat(endpoint.url().host()).isNotEmpty().doesNotContain("@", "/", "\r", "\n", " ");
                assertThat(endpoint.toString()).doesNotContain("hush");
            } catch (IllegalArgumentException e) {
                assertThat(e).message().isNotBlank().hasSizeLessThan(20_000).doesNotContain("hush");
            }
        });
        assertThat(usable[0]).isPositive();
    }

    @Test
    void shouldOpenNoDamagedCiphertext() {
        Secrets secrets = new Secrets(Keyset.generate());
        Subscription valid = Subscription.newBuilder(damaged(new Random(1)))
                .setHeaders(Map.of("authorization", HUSH))
                .build();
        Subscription sealed = secrets.seal(valid);
        byte[] ciphertext =
                sealed.getSealedHeaders().get("authorization").getValue().array();
        Fuzz.run(500, random -> {
            byte[] damaged = Fuzz.damage(ciphertext, random);
            Subscription changed = Subscription.newBuilder(sealed)
                    .setSealedHeaders(Map.of(
                            "authorization",
                            Secret.newBuilder(sealed.getSealedHeaders().get("authorization"))
                                    .setValue(ByteBuffer.wrap(damaged))
                                    .build()))
                    .build();
            try {
                assertThat(secrets.open(changed)).isEqualTo(valid);
                assertThat(damaged).isEqualTo(ciphertext);
            } catch (SealedException e) {
                assertThat(e).message().contains("cannot be decrypted").doesNotContain("hush");
            }
        });
    }
}
