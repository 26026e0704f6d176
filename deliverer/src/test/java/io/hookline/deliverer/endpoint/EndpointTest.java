package io.hookline.deliverer.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.render.Recipe;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deliverer.sign.Signer;
import io.hookline.deliverer.transform.Transform;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final PlatformDefaults DEFAULTS = new PlatformDefaults(
            RetrySchedule.parse("5s 5m jitter 20%"), 432_000_000L, 15_000, 64, new BreakerPolicy(true, 0.5, 20));
    private static final byte[] SECRET = "a secret of thirty-two bytes !!!".getBytes(UTF_8);

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    private static Subscription subscription(Consumer<Subscription.Builder> change) {
        Subscription.Builder builder = Subscription.newBuilder()
                .setId("crm")
                .setTenant("acme")
                .setUrl("https://partner.example/hooks?token=t0ken")
                .setEventTypes(List.of("*"))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH);
        change.accept(builder);
        return builder.build();
    }

    private static Endpoint endpoint(Consumer<Subscription.Builder> change) {
        return Endpoint.of(subscription(change), DEFAULTS);
    }

    private static SigningKey key(SigningAlgorithm algorithm, byte[] secret, String keyId, Instant expiresAt) {
        return new SigningKey(algorithm, new Secret(ByteBuffer.wrap(secret), keyId, ""), Instant.EPOCH, expiresAt);
    }

    @Test
    void shouldTakeThePlatformsDefaults() {
        Endpoint endpoint = endpoint(s -> {});
        assertThat(endpoint.id()).isEqualTo("crm");
        assertThat(endpoint.url()).isEqualTo(new EndpointUrl("https", "partner.example", 443, "/hooks?token=t0ken"));
        assertThat(endpoint.headers()).isEmpty();
        assertThat(endpoint.format()).isEqualTo(PayloadFormat.STANDARD);
        assertThat(endpoint.signer().signs(0)).isFalse();
        assertThat(endpoint.policy().schedule()).isEqualTo(DEFAULTS.schedule());
        assertThat(endpoint.policy().maxAgeMs()).isEqualTo(DEFAULTS.maxAgeMs());
        assertThat(endpoint.timeoutMs()).isEqualTo(15_000);
        assertThat(endpoint.maxInFlight()).isEqualTo(64);
        assertThat(endpoint.successRule()).isEqualTo(SuccessRule.STATUS_2XX);
        assertThat(endpoint.isPaused()).isFalse();
    }

    @Test
    void shouldTakeWhatTheSubscriptionSays() {
        Endpoint endpoint = endpoint(s -> s.setHeaders(Map.of("X-Api-Key", "k"))
                .setPayloadFormat(PayloadFormat.RAW)
                .setRetrySchedule("1s 2s")
                .setMaxAgeMs(1L)
                .setTimeoutMs(300_000)
                .setMaxInFlight(1)
                .setSuccessRule(SuccessRule.JSON_STATUS_SUCCESS)
                .setStatus(SubscriptionStatus.PAUSED));
        assertThat(endpoint.headers()).isEqualTo(Map.of("X-Api-Key", "k"));
        assertThat(endpoint.format()).isEqualTo(PayloadFormat.RAW);
        assertThat(endpoint.policy().schedule()).hasToString("1s 2s");
        assertThat(endpoint.policy().maxAgeMs()).isEqualTo(1);
        assertThat(endpoint.timeoutMs()).isEqualTo(300_000);
        assertThat(endpoint.maxInFlight()).isEqualTo(1);
        assertThat(endpoint.successRule()).isEqualTo(SuccessRule.JSON_STATUS_SUCCESS);
        assertThat(endpoint.isPaused()).isTrue();
    }

    @Test
    void shouldWantTheBodyAsTheSubscriptionSays() {
        Endpoint endpoint = endpoint(s -> s.setPayloadFormat(PayloadFormat.CLOUDEVENTS_BINARY)
                .setSchemaVersions(Map.of("order_created", 3))
                .setTransform("data.id"));
        assertThat(endpoint.recipe("order_created"))
                .isEqualTo(new Recipe(PayloadFormat.CLOUDEVENTS_BINARY, 3, Transform.of("data.id")))
                .isEqualTo(endpoint.recipe("order_created"));
        assertThat(endpoint.recipe("order_paid"))
                .isEqualTo(new Recipe(PayloadFormat.CLOUDEVENTS_BINARY, null, Transform.of("data.id")));
        assertThat(endpoint(s -> {}).recipe("order_created")).isEqualTo(Recipe.of(PayloadFormat.STANDARD));
    }

    @Test
    void shouldSignWithItsKeysUntilTheyExpire() {
        byte[] other = "another secret with 30 bytes !".getBytes(UTF_8);
        Endpoint endpoint = endpoint(s -> s.setSigningKeys(List.of(
                key(SigningAlgorithm.HMAC_SHA256, SECRET, "", null),
                key(SigningAlgorithm.HMAC_SHA256, other, "", Instant.ofEpochSecond(100)))));
        Signer.Key first = new Signer.Key(new HmacSecret(SECRET), OptionalLong.empty());
        Signer.Key second = new Signer.Key(new HmacSecret(other), OptionalLong.empty());
        assertThat(endpoint.signer().sign("msg_1", 99, SECRET))
                .isEqualTo(new Signer(List.of(first, second)).sign("msg_1", 99, SECRET));
        assertThat(endpoint.signer().sign("msg_1", 100, SECRET))
                .isEqualTo(new Signer(List.of(first)).sign("msg_1", 100, SECRET));
    }

    private static Arguments bad(String named, Consumer<Subscription.Builder> change) {
        return Arguments.of(named, change);
    }

    private static Consumer<Subscription.Builder> keys(SigningKey... keys) {
        return s -> s.setSigningKeys(List.of(keys));
    }

    private static Consumer<Subscription.Builder> auth(AuthKind kind, @Nullable String user, @Nullable String secret) {
        return s -> s.setAuth(EndpointAuth.newBuilder()
                .setKind(kind)
                .setUser(user)
                .setSecret(secret == null ? null : new Secret(ByteBuffer.wrap(secret.getBytes(UTF_8)), "", ""))
                .build());
    }

    @Test
    void shouldSendFixedCredentialsWithEveryAttempt() {
        assertThat(endpoint(auth(AuthKind.BASIC, "u\u00fc", "p:\u20ac")).headers("msg_1", 0, SECRET))
                .contains(Map.entry("Authorization", "Basic dcO8OnA64oKs"));
        assertThat(endpoint(auth(AuthKind.BEARER, null, "abc.def-_~+/==")).headers("msg_1", 0, SECRET))
                .contains(Map.entry("Authorization", "Bearer abc.def-_~+/=="));
    }

    @Test
    void shouldNotShowCredentials() {
        Endpoint endpoint = endpoint(auth(AuthKind.BEARER, null, "abc"));
        assertThat(endpoint.toString() + endpoint.auth()).doesNotContain("abc");
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                bad("URL 'ftp://x'", s -> s.setUrl("ftp://x")),
                bad("payloadFormat, which is UNKNOWN", s -> s.setPayloadFormat(PayloadFormat.UNKNOWN)),
                bad("successRule, which is UNKNOWN", s -> s.setSuccessRule(SuccessRule.UNKNOWN)),
                bad("status, which is UNKNOWN", s -> s.setStatus(SubscriptionStatus.UNKNOWN)),
                bad("payloadEncryption, which is set", s -> s.setPayloadEncryption(ByteBuffer.allocate(1))),
                bad("auth.kind UNKNOWN", auth(AuthKind.UNKNOWN, "u", "s")),
                bad("auth.secret is missing, which bearer needs", auth(AuthKind.BEARER, null, null)),
                bad("auth.token has characters", auth(AuthKind.BEARER, null, "a b")),
                bad("auth.token has characters", auth(AuthKind.BEARER, null, "a\r\nX: y")),
                bad("auth.user is missing, which basic needs", auth(AuthKind.BASIC, null, "s")),
                bad("auth.user has a colon", auth(AuthKind.BASIC, "a:b", "s")),
                bad("auth.tokenUrl is missing", auth(AuthKind.OAUTH2_CLIENT_CREDENTIALS, "u", "s")),
                bad("auth.certificate is missing, which mutual-tls needs", auth(AuthKind.MUTUAL_TLS, null, "s")),
                bad(
                        "auth.secret is encrypted with key 'kms-7'",
                        s -> s.setAuth(EndpointAuth.newBuilder()
                                .setKind(AuthKind.BEARER)
                                .setSecret(new Secret(ByteBuffer.wrap(SECRET), "kms-7", ""))
                                .build())),
                bad("headers has Authorization, which auth sets as well", s -> {
                    auth(AuthKind.BEARER, null, "t").accept(s);
                    s.setHeaders(Map.of("authorization", "Bearer x"));
                }),
                bad("'5x' in retry schedule '5x'", s -> s.setRetrySchedule("5x")),
                bad("'' in retry schedule ''", s -> s.setRetrySchedule("")),
                bad("maxAgeMs is 0: at least 1 is expected.", s -> s.setMaxAgeMs(0L)),
                bad("maxAgeMs is -1: at least 1 is expected.", s -> s.setMaxAgeMs(-1L)),
                bad("timeoutMs is 0: 1 to 300000 is expected.", s -> s.setTimeoutMs(0)),
                bad("timeoutMs is 300001: 1 to 300000 is expected.", s -> s.setTimeoutMs(300_001)),
                bad("timeoutMs is -2147483648", s -> s.setTimeoutMs(Integer.MIN_VALUE)),
                bad("maxInFlight is 0: 1 to 2147483647 is expected.", s -> s.setMaxInFlight(0)),
                bad(
                        "signingKeys[0]: An ed25519 signing key has 64 bytes",
                        keys(key(SigningAlgorithm.ED25519, SECRET, "", null))),
                bad("signingKeys[0]: Algorithm UNKNOWN", keys(key(SigningAlgorithm.UNKNOWN, SECRET, "", null))),
                bad(
                        "signingKeys[1]: A signing secret has 24 to 64 bytes, this one has 3.",
                        keys(
                                key(SigningAlgorithm.HMAC_SHA256, SECRET, "", null),
                                key(SigningAlgorithm.HMAC_SHA256, new byte[3], "", null))),
                bad(
                        "signingKeys[0]: The secret is encrypted with key 'kms-7'",
                        keys(key(SigningAlgorithm.HMAC_SHA256, SECRET, "kms-7", null))),
                bad(
                        "signingKeys are 21: at most 20",
                        s -> s.setSigningKeys(
                                Collections.nCopies(21, key(SigningAlgorithm.HMAC_SHA256, SECRET, "", null)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFields")
    void shouldNameTheFieldItsValueAndTheMend(String named, Consumer<Subscription.Builder> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(change))
                .withMessageContaining(named)
                .satisfies(e -> assertThat(e.getMessage()).endsWith(".").doesNotContain("a secret of"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Content-Type",
                "Transfer-Encoding",
                "Connection",
                "Expect",
                "Upgrade",
                "TE",
                "User-Agent",
                "webhook-id",
                "Webhook-Signature",
                "WEBHOOK-TIMESTAMP",
                "webhook-anything",
                "Proxy-Authorization"
            })
    void shouldNotLetAHeaderForgeWhatHooklineSays(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(s -> s.setHeaders(Map.of(name, "t0psecret"))))
                .withMessage("headers has '" + name + "', which Hookline sets itself: remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Y", "X:Y", "X\r\nEvil", "X\n", "\u00e4", "X\u0000", "(x)", "X="})
    void shouldRefuseAHeaderNameThatBreaksTheMessage(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(s -> s.setHeaders(Map.of(name, "t0psecret"))))
                .withMessageStartingWith("headers has '")
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("t0psecret")
                        .doesNotContain("\n")
                        .doesNotContain("\r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"t0psecret\r\nEvil: 1", "t0psecret\n", "t0psecret\u0000", "t0psecret\u00e4", "t0psecret\u2028"})
    void shouldRefuseAHeaderValueThatBreaksTheMessage(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(s -> s.setHeaders(Map.of("X-Token", value))))
                .withMessageStartingWith("headers has 'X-Token' with a value that cannot be sent")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("t0psecret"));
    }

    @Test
    void shouldTakeTheHeadersPartnersAskFor() {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer abc.def", "X-Api-Key", "", "Accept", "application/json", "X-Tab", "a\tb");
        assertThat(endpoint(s -> s.setHeaders(headers)).headers()).isEqualTo(headers);
    }

    @Test
    void shouldBoundItsHeaders() {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i <= 100; i++) {
            headers.put("X-" + i, "");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(s -> s.setHeaders(headers)))
                .withMessage("headers are 101: at most 100 can be sent.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(s -> s.setHeaders(Map.of("X", "v".repeat(8_193)))))
                .withMessageContaining("at most 8192 visible ASCII characters");
    }

    @Test
    void shouldNotPrintHeadersOrKeys() {
        Endpoint endpoint = endpoint(s -> s.setHeaders(Map.of("Authorization", "Bearer t0psecret"))
                .setSigningKeys(List.of(key(SigningAlgorithm.HMAC_SHA256, SECRET, "", null))));
        assertThat(endpoint.toString())
                .contains("crm")
                .contains("partner.example")
                .doesNotContain("t0psecret");
    }
}
