package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.BacklogOrder;
import io.hookline.avro.Breaker;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.RateLimit;
import io.hookline.avro.Subscription;
import io.hookline.schemas.serde.GeneratedClasses;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is stored, {@code show} writes a text that {@code apply} reads as the same, however YAML would like to misread it. */
class DocumentRoundTripTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");

    @Property(tries = 200)
    void shouldApplyAsUnchangedWhatItShows(@ForAll("subscriptions") Subscription stored, @ForAll boolean showSecrets) {
        String yaml = SubscriptionDocument.yaml(stored, showSecrets);
        String json = SubscriptionDocument.json(stored, showSecrets).toString();

        assertThat(apply("x.yaml", yaml, stored)).as(yaml).isEqualTo(new Decision.Keep(null));
        assertThat(apply("x.json", json, stored)).as(json).isEqualTo(new Decision.Keep(null));
    }

    private static Decision apply(String source, String text, Subscription stored) {
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse(source, text);
        assertThat(parsed.problems()).as(text).isEmpty();
        return new ApplyChange(parsed.documents().get(0), new SecureRandom())
                .decide(new StoredSubscription(stored.getId(), stored, null, 0, 0), NOW);
    }

    @Provide
    Arbitrary<Subscription> subscriptions() {
        GeneratedClasses.trust();
        Arbitrary<String> nasty = Arbitraries.of(
                "no",
                "on",
                "NULL",
                "~",
                "1e3",
                "0x10",
                "010",
                "1_000",
                "- a",
                "a: b",
                "a #b",
                "'",
                "\"",
                "*x",
                "&x",
                "!t",
                "%",
                "@",
                "`",
                "|",
                ">",
                " a ",
                "\ta",
                "a\nb",
                "a\n",
                "\n",
                "a\r\nb",
                "\u0085",
                "\u2028",
                "\ufeffa",
                "\u0000",
                "{}",
                "[]",
                "?",
                "? a",
                "2026-11-24",
                "12:30:45",
                ".inf",
                "=",
                "<<",
                "é😀",
                "...",
                "---",
                "true",
                "",
                ",",
                ":");
        Arbitrary<String> words = Arbitraries.oneOf(
                nasty,
                Arbitraries.strings()
                        .ofMaxLength(30)
                        .filter(s -> s.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000)));
        Arbitrary<String> headerValues = Arbitraries.oneOf(
                nasty.filter(s -> s.matches("[\\x20-\\x7e\\t]*")),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40));
        Arbitrary<Map<String, String>> headers = Arbitraries.maps(
                        Arbitraries.strings()
                                .withChars("abcXYZ09-_!#$%&'*+.^`|~")
                                .ofMinLength(1)
                                .ofMaxLength(10)
                                .map(s -> "h" + s),
                        headerValues.filter(v -> !v.equals("****")))
                .ofMaxSize(3)
                .filter(m -> m.keySet().stream()
                                .map(k -> k.toLowerCase(java.util.Locale.ROOT))
                                .distinct()
                                .count()
                        == m.size())
                .filter(m -> m.keySet().stream().noneMatch(k -> k.equalsIgnoreCase("host")));
        Arbitrary<String> texts = words.injectNull(0.3);
        return Combinators.combine(
                        texts,
                        words,
                        headers,
                        texts,
                        Arbitraries.longs().between(1, 86_400_000L * 30),
                        Arbitraries.integers())
                .as((tenant, description, header, transform, ms, n) -> Subscription.newBuilder()
                        .setId("s-1")
                        .setTenant(tenant)
                        .setPlatformWide(tenant == null)
                        .setDescription(description)
                        .setUrl("https://x.example/" + Integer.toHexString(n))
                        .setEventTypes(n % 2 == 0 ? List.of("*") : List.of("010", "no", "a.*"))
                        .setFilter(n % 3 == 0 ? null : "{\"data\":{\"k\":[" + quoted(description) + "," + n + ".10]}}")
                        .setTransform(transform == null ? null : quoted(transform))
                        .setHeaders(header)
                        .setMaxAgeMs(n % 5 == 0 ? null : Math.max(1_000, ms))
                        .setTimeoutMs(n % 7 == 0 ? null : (int) (100 + ms % 119_901))
                        .setRateLimit(
                                n % 2 == 0
                                        ? null
                                        : RateLimit.newBuilder()
                                                .setAttempts(1 + Math.floorMod(n, 1000))
                                                .setPeriodMs(1 + ms % 86_400_000)
                                                .build())
                        .setBreaker(Breaker.newBuilder()
                                .setEnabled(n % 2 == 0)
                                .setFailureRatio(n % 4 == 0 ? 0.1 + Math.floorMod(n, 9) / 10.0 : null)
                                .setMinimumAttempts(n % 8 == 0 ? 5 : null)
                                .build())
                        .setPayloadFormat(
                                pick(n, PayloadFormat.STANDARD, PayloadFormat.RAW, PayloadFormat.CLOUDEVENTS_BINARY))
                        .setBacklogOrder(pick(n, BacklogOrder.OLDEST_FIRST, BacklogOrder.FRESH_FIRST))
                        .setCreatedAt(NOW)
                        .setUpdatedAt(NOW)
                        .setVersion(1 + Math.floorMod(n, 1000))
                        .build());
    }

    @SafeVarargs
    private static <T> T pick(int n, T... choices) {
        return choices[Math.floorMod(n, choices.length)];
    }

    private static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
