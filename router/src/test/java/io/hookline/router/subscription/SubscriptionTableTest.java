package io.hookline.router.subscription;

import static io.hookline.router.support.Installation.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.Subscription;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.Selection;
import io.hookline.router.schema.SchemaLookup;
import io.hookline.router.stop.Closing;
import io.hookline.router.stop.ClosingException;
import io.hookline.router.support.InMemoryRegistry;
import io.hookline.router.support.Subscriptions;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTableTest {
    private static final int P = 4;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client =
            SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
    private final RecordCodec<Subscription> codec = RecordCodec.of(Subscription.class, client);
    private final Closing closing = new Closing();
    private final AppliedOffsets offsets = new AppliedOffsets(P);
    private final IndexedMatcher matcher = new IndexedMatcher();
    private final SubscriptionTable table =
            new SubscriptionTable(codec, SchemaLookup.of(client, closing), matcher, offsets);

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private static int partition(String id) {
        return SubscriptionPartition.of(id, P);
    }

    private void apply(long offset, Subscription subscription) {
        table.apply(partition(subscription.getId()), offset, utf8(subscription.getId()), codec.encode(subscription));
    }

    @Test
    void shouldSurviveKeysThatAreNone() {
        table.apply(0, 1, null, utf8("x"));
        table.apply(0, 2, new byte[] {(byte) 0xff}, utf8("x"));
        table.apply(0, 3, new byte[100_000], utf8("x"));
        table.apply(0, 4, null, null);
        table.apply(P, 5, utf8("beyond"), null);
        assertThat(table.problems())
                .hasSize(3)
                .allMatch(problem -> problem.key().length() < 1_000);
        assertThat(offsets.applied()).isEqualTo(Map.of(0, 4L));
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldForgetAProblemWhenItsRecordIsReplacedOrDeleted() {
        Subscription broken = Subscriptions.filtered("s", "{", "*");
        apply(1, broken);
        apply(2, Subscriptions.of("good", "*"));
        assertThat(table.problems()).extracting(SubscriptionProblem::key).containsExactly("s");
        assertThat(table.problems().get(0).reason()).contains("filter");
        table.apply(partition("s"), 3, utf8("s"), null);
        assertThat(table.problems()).isEmpty();
        assertThat(table.problemsReported()).isEqualTo(1);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldListEverythingThatIsWrongWithOne() {
        Subscription broken = Subscriptions.filtered("s", "[]", "a b", "ok", "**");
        broken.setTenant(null);
        apply(1, broken);
        assertThat(table.problems().get(0).reason()).contains("tenant", "'a b'", "'**'", "filter");
        Subscription both = Subscriptions.of("s", "*");
        both.setPlatformWide(true);
        apply(2, both);
        assertThat(table.problems().get(0).reason()).contains("platform-wide");
        apply(3, Subscriptions.of("s"));
        assertThat(table.problems().get(0).reason()).contains("no event types");
        assertThat(table.problems()).hasSize(1);
    }

    @Test
    void shouldRaiseTheFirstOffsetBeforeAndTheSecondAfterTheChange() {
        List<String> seen = new ArrayList<>();
        int p = partition("s");
        Matcher watching = new Matcher() {
            @Override
            public void put(Route route) {
                seen.add(offsets.begun(p) + " " + offsets.applied().getOrDefault(p, -1L));
            }

            @Override
            public void remove(String id) {
                put(null);
            }

            @Override
            public int size() {
                return 0;
            }

            @Override
            public Selection select(String type, String tenant) {
                return matcher.select(type, tenant);
            }

            @Override
            public Selection selectNamed(String type, String tenant) {
                return matcher.selectNamed(type, tenant);
            }
        };
        SubscriptionTable watched = new SubscriptionTable(codec, SchemaLookup.of(client, closing), watching, offsets);
        watched.apply(p, 10, utf8("s"), codec.encode(Subscriptions.of("s", "*")));
        watched.apply(p, 12, utf8("s"), null);
        assertThat(seen).containsExactly("10 -1", "12 10");
        assertThat(offsets.applied()).containsExactly(Map.entry(p, 12L));
    }

    @Test
    void shouldKeepTheListOfProblemsShort() {
        for (int i = 0; i < 3_000; i++) {
            String id = "s-" + i;
            table.apply(partition(id), i, utf8(id), utf8("x"));
        }
        assertThat(table.problems()).hasSize(1_000);
        assertThat(table.problemsReported()).isEqualTo(3_000);
    }

    @Test
    void shouldGiveUpWaitingForASchemaWhenTheRouterCloses() {
        registry.setDown(true);
        closing.tell();
        byte[] value = {0, 0, 0, 0, 99, 1};
        assertThatThrownBy(() -> table.apply(partition("s"), 1, utf8("s"), value))
                .isInstanceOf(ClosingException.class);
        assertThat(offsets.applied()).isEmpty();
    }

    @Test
    void shouldEndWhereReadingOneByOneEndsWhenManyAreRead() {
        AppliedOffsets otherOffsets = new AppliedOffsets(P);
        SubscriptionTable oneByOne =
                new SubscriptionTable(codec, SchemaLookup.of(client, closing), new IndexedMatcher(), otherOffsets);
        table.expectMany();
        for (int i = 0; i < 3 * ReadAhead.BATCH + 17; i++) {
            String id = "s-" + i % 700;
            byte[] value = i % 11 == 0 ? null : codec.encode(Subscriptions.filtered(id, i % 7 == 0 ? "{" : null, "*"));
            table.apply(i % 13 == 0 ? P - 1 : partition(id), i, utf8(id), value);
            oneByOne.apply(i % 13 == 0 ? P - 1 : partition(id), i, utf8(id), value);
        }
        table.applyAll();
        assertThat(table.size()).isEqualTo(oneByOne.size()).isGreaterThan(100);
        assertThat(table.problems()).isEqualTo(oneByOne.problems()).isNotEmpty();
        assertThat(table.problemsReported()).isEqualTo(oneByOne.problemsReported());
        assertThat(offsets.applied()).isEqualTo(otherOffsets.applied()).hasSize(P);
        apply(10_000, Subscriptions.of("late", "*"));
        assertThat(table.size()).as("applied at once again").isEqualTo(oneByOne.size() + 1);
    }

    @Test
    void shouldNotCountAsAppliedWhatIsOnlyReadAhead() {
        table.expectMany();
        apply(1, Subscriptions.of("s", "*"));
        assertThat(offsets.applied()).isEmpty();
        assertThat(table.size()).isZero();
        table.applyAll();
        assertThat(offsets.applied()).containsExactly(Map.entry(partition("s"), 1L));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpWaitingForASchemaAheadWhenTheRouterCloses() {
        registry.setDown(true);
        closing.tell();
        table.expectMany();
        table.apply(partition("s"), 1, utf8("s"), new byte[] {0, 0, 0, 0, 99, 1});
        assertThatThrownBy(table::applyAll).isInstanceOf(ClosingException.class);
        assertThat(offsets.applied()).isEmpty();
    }

    /** Whoever writes the topic by hand is not held to the limits of {@code apply}; the router is all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"a\":[%s1]}}",
                "{\"data\":{\"$or\":[%s{\"a\":[1]}]}}",
                "{\"data\":%s{\"a\":[1]}}",
                "{\"data\":{\"a\":[{\"wildcard\":\"%sb\"}]}}"
            })
    void shouldNotRouteAHostileFilterThatIsInTheTopicAlready(String shape) {
        String much = shape.contains("$or")
                ? "{\"a\":[2]},".repeat(20_000)
                : shape.contains("wildcard")
                        ? "*a".repeat(100_000)
                        : shape.contains("[%s1") ? "1,".repeat(100_000) : "";
        String filter = much.isEmpty()
                ? String.format(shape, "{\"a\":".repeat(50_000)) + "}".repeat(50_000)
                : String.format(shape, much);
        apply(1, Subscriptions.of("good", "*"));
        long from = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            apply(2 + i, Subscriptions.filtered("hostile-" + i, filter, "*"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.problems())
                .hasSize(20)
                .allMatch(problem -> problem.reason().contains("limit bytesMax"));
    }
}
