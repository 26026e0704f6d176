package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Subscription;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");
    private static final String OAUTH =
            "{kind: oauth2-client-credentials, clientId: me, clientSecret: s3cret, tokenUrl:"
                    + " 'https://login.example/token', scopes: [a, b]}";

    private static String document(String auth) {
        return "id: vip\ntenant: acme\nurl: https://partner.example/\neventTypes: ['*']\nsigning: none\nauth: " + auth
                + "\n";
    }

    private static Decision decide(String text, @Nullable Subscription stored) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("x.yaml", text);
        assertThat(parsed.problems()).as(text).isEmpty();
        return new ApplyChange(parsed.documents().get(0), new SecureRandom())
                .decide(stored == null ? null : new StoredSubscription("vip", stored, null, 0, 0), NOW);
    }

    private static Subscription created(String auth) {
        return ((Decision.Put) decide(document(auth), null)).next();
    }

    private static String secret(Subscription subscription) {
        return StandardCharsets.UTF_8
                .decode(subscription.getAuth().getSecret().getValue().duplicate())
                .toString();
    }

    @Test
    void shouldReadEveryKind() {
        Subscription basic = created("{kind: basic, user: u, password: s3cret}");
        assertThat(basic.getAuth().getKind()).isEqualTo(AuthKind.BASIC);
        assertThat(basic.getAuth().getUser()).isEqualTo("u");
        assertThat(secret(basic)).isEqualTo("s3cret");
        assertThat(secret(created("{kind: bearer, token: s3cret}"))).isEqualTo("s3cret");
        EndpointAuth oauth = created(OAUTH).getAuth();
        assertThat(oauth.getUser()).isEqualTo("me");
        assertThat(oauth.getTokenUrl()).isEqualTo("https://login.example/token");
        assertThat(oauth.getScopes()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: basic, user: u, password: s3cret}",
                "{kind: bearer, token: s3cret}",
                "{kind: oauth2-client-credentials, clientId: me, clientSecret: s3cret, tokenUrl: 'https://login.example/token'}"
            })
    void shouldMaskTheSecretAndKeepItWhereTheMaskIsApplied(String auth) {
        Subscription stored = created(auth);
        String masked = SubscriptionDocument.yaml(stored, false);
        assertThat(masked).doesNotContain("s3cret").contains("'****'");
        assertThat(SubscriptionDocument.yaml(stored, true)).contains("s3cret");
        assertThat(decide(masked, stored)).isEqualTo(new Decision.Keep(null));
        assertThat(decide(SubscriptionDocument.yaml(stored, true), stored)).isEqualTo(new Decision.Keep(null));
        assertThat(decide(masked.replace("version: 1\n", ""), null))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refused -> assertThat(refused.why()).contains("write the secret itself"));
    }

    /** Who may write subscriptions need not be able to read their secrets. */
    @Test
    void shouldNotSendAMaskedSecretToAnotherHostOrTokenServer() {
        Subscription basic = created("{kind: basic, user: u, password: s3cret}");
        String masked = SubscriptionDocument.yaml(basic, false);
        assertThat(masked).contains("url: https://partner.example/");
        assertThat(decide(masked.replace("https://partner.example/", "https://thief.example/"), basic))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refused -> assertThat(refused.why()).contains("url has another", "write the values"));
        assertThat(decide(masked.replace("https://partner.example/", "https://partner.example:444/"), basic))
                .isInstanceOf(Decision.Refuse.class);
        assertThat(decide(masked.replace("https://partner.example/", "https://partner.example/v2/"), basic))
                .isInstanceOf(Decision.Put.class);
        Subscription oauth = created(OAUTH);
        String token = SubscriptionDocument.yaml(oauth, false);
        assertThat(decide(token.replace("https://login.example/token", "https://login.example.evil/token"), oauth))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refused -> assertThat(refused.why()).contains("auth.tokenUrl is not the one stored"));
    }

    /** Another kind's secret is not this one's. */
    @Test
    void shouldNotTakeTheSecretOfAnotherKind() {
        Decision decision =
                decide(document("{kind: bearer, token: '****'}"), created("{kind: basic, user: u, password: s3cret}"));
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void shouldRemoveWhatADocumentNoLongerSays() {
        Subscription stored = created("{kind: bearer, token: s3cret}");
        Decision decision = decide(document("x").replaceFirst("auth:.*\n", ""), stored);
        assertThat(((Decision.Put) decision).next().getAuth()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret|a mapping with its kind is expected",
                "{}|a mapping with its kind is expected",
                "{kind: digest}|one of basic, bearer",
                "{kind: bearer}|token is missing, which bearer needs",
                "{kind: bearer, token: ''}|text of 1 to",
                "{kind: bearer, token: [s3cret]}|text of 1 to",
                "{kind: bearer, token: 's3cret s3cret'}|auth.token has characters",
                "{kind: bearer, token: s3cret, user: u}|user",
                "{kind: basic, password: s3cret}|auth.user is missing",
                "{kind: basic, user: 'a:b', password: s3cret}|auth.user has a colon",
                "{kind: oauth2-client-credentials, clientId: me, clientSecret: s3cret}|auth.tokenUrl is missing",
                "{kind: oauth2-client-credentials, clientId: me, clientSecret: s3cret, tokenUrl: nowhere}|auth.tokenUrl",
                "{kind: oauth2-client-credentials, clientId: me, clientSecret: s3cret, tokenUrl: 'https://x.example', scopes: ['a b']}|a scope is",
                "{kind: mutual-tls, certificate: x, key: s3cret}|a private key in PKCS#8 PEM",
                "{kind: mutual-tls, certificate: x, key: '-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----'}|auth.certificate",
                "{kind: bearer, token: s3cret, trustedCa: x}|auth.trustedCa",
            })
    void shouldNameWhatIsWrongAndNoSecret(String auth, String problem) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("x.yaml", document(auth));
        assertThat(parsed.problems()).isNotEmpty();
        assertThat(parsed.problems().toString())
                .contains("auth")
                .contains(problem)
                .doesNotContain("s3cret");
    }
}
