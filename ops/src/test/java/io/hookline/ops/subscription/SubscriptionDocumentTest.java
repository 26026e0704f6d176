package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.OnExhaustion;
import io.hookline.avro.Ordering;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionDocumentTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00.123Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String FULL = """
            id: vip
            tenant: acme
            description: "Orders over 100: yes"
            url: https://partner.example/hooks?x=1
            eventTypes:
              - order_created
              - order.*
            filter:
              data:
                amount:
                  - numeric:
                      - '>'
                      - 100.50
            transform: |-
              {
                "order": id
              }
            schemaVersions:
              order_created: 2
            payloadFormat: cloudevents-structured
            headers:
              Authorization: Bearer abc
              X-Env: "12"
            signing: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
            retrySchedule: 5s 5m 30m jitter 20%
            maxAge: 1d12h
            timeout: 2s500ms
            rateLimit: 100/10s
            maxInFlight: 8
            breaker:
              failureRatio: 0.5
              minimumAttempts: 20
              enabled: true
            backlogOrder: fresh-first
            successRule: json-status-success
            status: paused
            version: 1
            createdAt: 2026-11-24T08:30:00.123Z
            updatedAt: 2026-11-24T08:30:00.123Z
            """;

    @Test
    void shouldWriteBackExactlyWhatItReadInEveryField() {
        Subscription stored = created(FULL.replace("version: 1\n", ""));

        assertThat(SubscriptionDocument.yaml(stored, true)).isEqualTo(FULL);
        assertThat(stored.getFilter()).isEqualTo("{\"data\":{\"amount\":[{\"numeric\":[\">\",100.50]}]}}");
        assertThat(stored.getTimeoutMs()).isEqualTo(2_500);
        assertThat(stored.getSigningKeys().get(0).getSecret().getValue())
                .isEqualTo(ByteBuffer.wrap(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
    }

    @Test
    void shouldMaskSecretsAndKeepTheStoredOnesWhenTheMaskedDocumentIsApplied() {
        Subscription stored = created(FULL.replace("version: 1\n", ""));

        String masked = SubscriptionDocument.yaml(stored, false);

        assertThat(masked)
                .doesNotContain("MfKQ9r8GKYqr", "Bearer")
                .contains("signing: whsec_****", "Authorization: '****'", "X-Env: \"12\"");
        assertThat(decide(masked, stored)).isEqualTo(new Decision.Keep(null));
    }

    @Test
    void shouldRefuseMasksOfSecretsThatAreNotStored() {
        String masked = SubscriptionDocument.yaml(created(FULL.replace("version: 1\n", "")), false)
                .replace("version: 1\n", "");

        Decision onNothing = decide(masked, null);
        Decision onAnother = decide(masked, created(minimal()));

        assertThat(((Decision.Refuse) onNothing).why())
                .contains("headers.Authorization is masked", "write the secret itself");
        assertThat(onAnother).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void shouldGiveDefaultsToAShortDocument() {
        Subscription stored = created(minimal());

        assertThat(stored.getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(stored.getPayloadFormat()).isEqualTo(PayloadFormat.STANDARD);
        assertThat(stored.getSigningKeys()).hasSize(1);
        assertThat(stored.getVersion()).isEqualTo(1);
        assertThat(stored.getCreatedAt()).isEqualTo(NOW);
        assertThat(stored.getMaxAgeMs()).isNull();
    }

    @Test
    void shouldFindEveryProblemAtOnceAndNameFieldValueAndMend() {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("bad.yaml", """
                id: no spaces please
                tenant: acme
                platformWide: true
                url: ftp://partner.example
                eventTypes: ["order*", "order.*"]
                filter: {data: {amount: [{numeric: [">", "x"]}]}}
                headers:
                  Host: evil
                  webhook-id: forged
                  X-Split: "a\\r\\nX-Injected: b"
                  "Bad Name": v
                  X-Number: 12
                retrySchedule: 5s sometimes
                timeout: 30
                rateLimit: 100
                maxInFlight: 0
                breaker: {failureRatio: 2, treshold: 1}
                ordering: key
                onExhaustion: halt
                signing: whsec_short
                urll: x
                """);

        String problems = parsed.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        assertThat(parsed.documents()).isEmpty();
        assertThat(problems).isEqualToNormalizingNewlines(Golden.text("subscription-problems.txt", problems));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: a\nid: b",
                "a: &x 1\nb: *x",
                "id: [1, 2",
                "just text",
                "- just text",
                "id: \"a\n",
                "x: .inf",
            })
    void shouldRefuseWhatIsNoDocumentAndNameTheLine(String text) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("bad.yaml", text);

        assertThat(parsed.documents()).isEmpty();
        assertThat(parsed.problems())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.line()).isPositive());
    }

    @Test
    void shouldRefuseBottomlessNesting() {
        String deep = "id: a\nfilter: " + "[".repeat(100_000);

        assertThat(SubscriptionDocument.parse("deep.yaml", deep).problems()).hasSize(1);
        assertThat(SubscriptionDocument.parse("deep.json", "{\"filter\":" + "[".repeat(100_000))
                        .problems())
                .hasSize(1);
    }

    @Test
    void shouldReadSeveralDocumentsFromYamlAndJson() {
        String yaml = minimal() + "---\n# nothing\n---\n" + minimal().replace("id: a", "id: b");
        String json = "{\"id\":\"a\",\"tenant\":\"t\",\"url\":\"https://x.example\",\"eventTypes\":[\"*\"]}";

        assertThat(ids("x.yaml", yaml)).containsExactly("a", "b");
        assertThat(ids("x.json", "[" + json + "," + json.replace("\"a\"", "\"b\"") + "]"))
                .containsExactly("a", "b");
        assertThat(ids("(standard input)", json + "\n" + json.replace("\"a\"", "\"b\"")))
                .containsExactly("a", "b");
    }

    @Test
    void shouldRefuseTwoDocumentsOfOneIdInOneText() {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("x.yaml", minimal() + "---\n" + minimal());

        assertThat(parsed.problems()).singleElement().asString().contains("also the id of the document at line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://x.example,true",
        "HTTP://localhost.example/,true",
        "http://10.0.0.1:9000,true",
        "https://x.example,false",
        "http://localhost:9000/hooks,false",
        "http://127.0.0.1:9000,false",
        "http://[::1]:9000,false",
        "http://127.example,true"
    })
    void shouldTellWhatCanBeReadOnTheWay(String url, boolean isReadable) {
        SubscriptionDocument document = document(minimal().replace("https://x.example", "'" + url + "'"));

        assertThat(document.isReadableOnTheWay()).isEqualTo(isReadable);
    }

    /** This release keeps no order; what an earlier one stored is shown all the same. */
    @Test
    void shouldShowAnOrderThatIsStoredAndTakeNone() {
        Subscription plain = created(minimal());
        Subscription stored = Subscription.newBuilder(plain)
                .setOrdering(Ordering.KEY)
                .setOnExhaustion(OnExhaustion.HALT)
                .build();

        assertThat(SubscriptionDocument.yaml(stored, false)).contains("ordering: key\n", "onExhaustion: halt\n");
        assertThat(decide(minimal() + "ordering: none\nonExhaustion: dead-letter\n", plain))
                .isEqualTo(new Decision.Keep(null));
    }

    @Test
    void shouldAdviseForACredentialInTheUrlWhatExists() {
        SubscriptionDocument.Parsed parsed =
                SubscriptionDocument.parse("x.yaml", minimal().replace("https://", "https://user:topsecret@"));

        assertThat(parsed.problems())
                .singleElement()
                .asString()
                .contains("'headers'")
                .doesNotContain("topsecret");
        created(minimal() + "headers: {Authorization: Basic dXNlcjp0b3BzZWNyZXQ=}\n");
    }

    @Test
    void shouldKeepStatusAndSigningThatADocumentDoesNotMention() {
        Subscription paused = Subscription.newBuilder(created(minimal()))
                .setStatus(SubscriptionStatus.PAUSED)
                .build();

        assertThat(decide(minimal(), paused)).isEqualTo(new Decision.Keep(null));
        Decision.Put put = (Decision.Put) decide(minimal() + "description: new\n", paused);
        assertThat(put.next().getStatus()).isEqualTo(SubscriptionStatus.PAUSED);
        assertThat(put.next().getSigningKeys()).isEqualTo(paused.getSigningKeys());
        assertThat(put.next().getVersion()).isEqualTo(2);
        assertThat(put.newSecret()).isNull();
    }

    @Test
    void shouldRefuseATransformThatDoesNotParse() {
        SubscriptionDocument.Parsed parsed =
                SubscriptionDocument.parse("x.yaml", FULL.replace("\"order\": id", "\"order\":"));
        assertThat(parsed.problems()).singleElement().asString().contains("transform", "Not a JSONata expression");
    }

    @Test
    void shouldRefuseADocumentOfAnotherVersion() {
        Subscription stored = created(minimal());

        assertThat(decide(minimal() + "version: 1\n", stored)).isEqualTo(new Decision.Keep(null));
        assertThat(((Decision.Refuse) decide(minimal() + "version: 7\n", stored)).why())
                .contains("version 7", "version 1");
        assertThat(((Decision.Refuse) decide(minimal() + "version: 7\n", null)).why())
                .contains("deleted");
    }

    @Test
    void shouldMakeASecretOnceHoweverOftenItIsAsked() {
        ApplyChange change = new ApplyChange(document(minimal()), new SecureRandom());

        Decision.Put first = (Decision.Put) change.decide(null, NOW);
        Decision.Put again = (Decision.Put) change.decide(null, NOW);
        Decision after = change.decide(new StoredSubscription("a", first.next(), null, 0, 0), NOW);

        assertThat(again.newSecret()).isEqualTo(first.newSecret()).startsWith("whsec_");
        assertThat(after).isEqualTo(new Decision.Keep(first.newSecret()));
    }

    @Test
    void shouldRotateByAListOfKeys() {
        Subscription stored = created(minimal() + "signing: " + SECRET + "\n");
        String mask = Masks.ofKey(stored.getSigningKeys().get(0));
        String other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

        Decision.Put put = (Decision.Put) decide(
                minimal() + "signing:\n- " + other + "\n- {secret: " + mask + ", expiresAt: '2026-11-25T00:00:00Z'}\n",
                stored);

        assertThat(put.next().getSigningKeys()).hasSize(2);
        assertThat(put.next().getSigningKeys().get(1).getSecret())
                .isEqualTo(stored.getSigningKeys().get(0).getSecret());
        assertThat(put.next().getSigningKeys().get(1).getExpiresAt()).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"100/s,1000,100", "1/500ms,500,1", "60/1m,60000,60", "5/m,60000,5"})
    void shouldReadRates(String text, long periodMs, int attempts) {
        Subscription stored = created(minimal() + "rateLimit: " + text + "\n");

        assertThat(stored.getRateLimit().getPeriodMs()).isEqualTo(periodMs);
        assertThat(stored.getRateLimit().getAttempts()).isEqualTo(attempts);
    }

    @Test
    void shouldNeverPutASecretIntoAProblem() {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse(
                "x.yaml",
                minimal()
                        + "signing: whsec_not*base64*topsecret\nheaders: {Authorization: \"topsecret\\n\", Host: topsecret}\n");

        assertThat(parsed.problems()).hasSize(3);
        assertThat(parsed.problems().toString()).doesNotContain("topsecret");
    }

    @Test
    void shouldHideEveryHeaderThatIsNotKnownToBeHarmless() {
        Subscription stored = Subscription.newBuilder(created(minimal()))
                .setHeaders(
                        Map.of("X-Auth", "k", "X-Pass", "c", "X-Signing-Key", "t", "X-Anything", "a", "X-Region", "eu"))
                .build();

        assertThat(SubscriptionDocument.json(stored, false).get("headers").toString())
                .isEqualTo("{\"X-Anything\":\"****\",\"X-Auth\":\"****\",\"X-Pass\":\"****\",\"X-Region\":\"eu\","
                        + "\"X-Signing-Key\":\"****\"}");
    }

    private static String minimal() {
        return "id: a\ntenant: t\nurl: https://x.example\neventTypes: ['*']\n";
    }

    private static List<String> ids(String source, String text) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse(source, text);
        assertThat(parsed.problems()).isEmpty();
        return parsed.documents().stream().map(SubscriptionDocument::id).toList();
    }

    static SubscriptionDocument document(String text) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("x.yaml", text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.documents()).hasSize(1);
        return parsed.documents().get(0);
    }

    static Decision decide(String text, Subscription stored) {
        return new ApplyChange(document(text), new SecureRandom())
                .decide(stored == null ? null : new StoredSubscription(stored.getId(), stored, null, 0, 0), NOW);
    }

    static Subscription created(String text) {
        return ((Decision.Put) decide(text, null)).next();
    }
}
