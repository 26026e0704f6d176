package io.hookline.router.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Subscription;
import io.hookline.fuzz.Fuzz;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.router.schema.SchemaLookup;
import io.hookline.router.stop.Closing;
import io.hookline.router.subscription.AppliedOffsets;
import io.hookline.router.subscription.SubscriptionTable;
import io.hookline.router.support.InMemoryRegistry;
import io.hookline.router.support.Subscriptions;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in the topics that others write: a named fault, the record kept as it was, and the next record routed as ever. With {@code
 * -Dfuzz.inputs=1000000} for a night.
 */
class RouterFuzzTest {
    private static final int P = 4;
    private static final int BYTES_MAX = 2 << 20;
    private static final Schema SCHEMA = SchemaBuilder.record("E")
            .fields()
            .requiredLong("n")
            .optionalString("s")
            .name("items")
            .type()
            .array()
            .items()
            .map()
            .values()
            .doubleType()
            .noDefault()
            .endRecord();
    private static final byte[] AVRO = {
        0, 0, 0, 0, 7, 2, 2, 6, 'a', 'b', 'c', 2, 2, 2, 'k', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] JSON =
            "{\"n\": 1, \"s\": \"x\\u00e9\", \"items\": [{\"k\": -1.5e3}, null, true, {\"deep\": [[[]]]}]}"
                    .getBytes(UTF_8);
    private static final List<String> FILTERS = List.of(
            "{\"data\": {\"n\": [1, {\"numeric\": [\">\", 0, \"<=\", 5.5e3]}], \"items\": {\"k\": [{\"exists\": false}]}}}",
            "{\"source\": [{\"prefix\": \"/s\"}], \"data\": {\"s\": [{\"wildcard\": \"x*\"}, {\"anything-but\": [\"y\"]}]}}",
            "{\"$or\": [{\"data\": {\"s\": [{\"suffix\": \"z\"}]}}, {\"subject\": [{\"cidr\": \"10.0.0.0/8\"}]}]}");

    private static InMemoryRegistry registry;
    private static SchemaRegistryClient client;
    private static RecordCodec<Delivery> deliveries;
    private static RecordCodec<PipelineDead> dead;
    private static RecordCodec<Subscription> subscriptions;

    @BeforeAll
    static void start() {
        registry = new InMemoryRegistry();
        client = SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
        deliveries = RecordCodec.of(Delivery.class, client);
        dead = RecordCodec.of(PipelineDead.class, client);
        subscriptions = RecordCodec.of(Subscription.class, client);
        deliveries.prepare();
        dead.prepare();
        subscriptions.prepare();
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    private static Schema schema(int id) throws UnknownSchemaException {
        if (id == 7) {
            return SCHEMA;
        }
        throw new UnknownSchemaException("The registry knows no schema " + id + ".");
    }

    private static Route route(String id, String tenant, String filter) throws InvalidFilterException {
        return new Route(
                id,
                SubscriptionPartition.of(id, P),
                tenant,
                List.of(new TypePattern.Any()),
                filter == null ? null : Filter.parse(filter),
                0);
    }

    private static SourceEvent event(byte[] value, RecordHeaders headers) {
        return new SourceEvent("events.e", 0, 0, 10, null, value, headers);
    }

    private static RecordHeaders headers(boolean isJson) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", "1".getBytes(UTF_8));
        headers.add("ce_source", "/s".getBytes(UTF_8));
        headers.add("ce_type", "e".getBytes(UTF_8));
        headers.add("ce_time", "2026-11-24T08:00:00Z".getBytes(UTF_8));
        headers.add("ce_tenant", "acme".getBytes(UTF_8));
        headers.add("content-type", (isJson ? "application/json" : "avro/binary").getBytes(UTF_8));
        return headers;
    }

    private static RecordHeaders damaged(RecordHeaders valid, Random random) {
        RecordHeaders headers = new RecordHeaders();
        valid.forEach(header -> {
            switch (random.nextInt(12)) {
                case 0 -> headers.add(header.key(), null);
                case 1 -> headers.add(header.key(), Fuzz.damage(header.value(), random));
                case 2 -> headers.add(Fuzz.damage(header.key(), random), header.value());
                case 3 -> headers.add(header).add(header.key(), Fuzz.damage(header.value(), random));
                default -> headers.add(header);
            }
        });
        return headers;
    }

    private static List<String> receivers(Routing routing) {
        List<String> ids = new ArrayList<>();
        routing.fanOut().partitions().forEach(p -> routing.fanOut().routes(p).forEach(route -> ids.add(route.id())));
        return ids;
    }

    @Test
    void shouldKeepAnyEventAsItIsAndRouteTheNext() throws Exception {
        IndexedMatcher matcher = new IndexedMatcher();
        matcher.put(route("plain", "acme", null));
        matcher.put(route("platform", null, null));
        matcher.put(route("other", "other", null));
        for (int i = 0; i < FILTERS.size(); i++) {
            matcher.put(route("filtered-" + i, "acme", FILTERS.get(i)));
        }
        EventRouter router =
                new EventRouter(TopicNames.DEFAULT, TenantSource.HEADER, P, matcher, RouterFuzzTest::schema);
        DeliveryWriter writer = new DeliveryWriter(BYTES_MAX, deliveries.schemaId(), p -> 0);
        List<String> expected = receivers(router.route(event(JSON, headers(true))));
        assertThat(expected).contains("plain", "platform", "filtered-1").doesNotContain("other");

        Fuzz.run(4_000, random -> {
            boolean isJson = random.nextBoolean();
            SourceEvent event = event(Fuzz.damage(isJson ? JSON : AVRO, random), damaged(headers(isJson), random));
            Routing routing = router.route(event);
            int[] written = {0};
            Fault oversized = writer.deliveries(event, routing, (value, partition, count) -> {
                Delivery delivery = deliveries.decodeBlocking(value);
                assertThat(delivery.getEvent().array()).isEqualTo(event.value());
                written[0] += count;
            });
            assertThat(oversized).isNull();
            assertThat(written[0]).isEqualTo(receivers(routing).size());
            if (!"other".equals(routing.tenant())) {
                assertThat(receivers(routing)).doesNotContain("other");
            }
            Fault fault = routing.fault();
            if (fault != null) {
                assertThat(fault.kind()).isNotIn(PipelineFault.INTERNAL, PipelineFault.UNKNOWN);
                assertThat(fault.detail()).isNotBlank();
                PipelineDead kept = dead.decodeBlocking(dead.encode(writer.dead(event, fault, Instant.EPOCH)));
                assertThat(kept.getValue().array()).isEqualTo(event.value());
            } else {
                assertThat(receivers(routing)).contains("platform");
            }
            assertThat(receivers(router.route(event(JSON, headers(true))))).isEqualTo(expected);
        });
    }

    @Test
    void shouldNameWhatIsWrongWithAnySubscriptionAndApplyTheNext() {
        Subscription valid = Subscriptions.filtered("victim", FILTERS.get(0), "order.*", "e");
        byte[] bytes = subscriptions.encode(valid);
        IndexedMatcher matcher = new IndexedMatcher();
        AppliedOffsets offsets = new AppliedOffsets(P);
        SubscriptionTable table =
                new SubscriptionTable(subscriptions, SchemaLookup.of(client, new Closing()), matcher, offsets);
        Subscription neighbour = Subscriptions.of("neighbour", "*");
        int own = SubscriptionPartition.of("victim", P);
        int next = SubscriptionPartition.of("neighbour", P);
        long[] offset = {0};

        Fuzz.run(3_000, random -> {
            byte[] key =
                    random.nextInt(8) == 0 ? Fuzz.damage("victim".getBytes(UTF_8), random) : "victim".getBytes(UTF_8);
            table.apply(own, ++offset[0], key, damagedRecord(valid, bytes, random));
            table.apply(next, ++offset[0], "neighbour".getBytes(UTF_8), subscriptions.encode(neighbour));

            assertThat(offsets.applied()).containsEntry(next, offset[0]);
            assertThat(table.problems()).allSatisfy(problem -> {
                assertThat(problem.reason()).isNotBlank().hasSizeLessThan(20_000);
                assertThat(problem.key()).isNotEqualTo("neighbour");
            });
            assertThat(matches(matcher, Subscriptions.TENANT)).contains("neighbour");
            assertThat(matches(matcher, "someone-else")).doesNotContain("neighbour");
        });
    }

    /** Damaged bytes are mostly refused by Avro; damaged fields get further. */
    private static byte[] damagedRecord(Subscription valid, byte[] bytes, Random random) {
        if (random.nextBoolean()) {
            byte[] body = Fuzz.damage(java.util.Arrays.copyOfRange(bytes, 5, bytes.length), random);
            byte[] value = java.util.Arrays.copyOf(bytes, 5 + body.length);
            System.arraycopy(body, 0, value, 5, body.length);
            return value;
        }
        return subscriptions.encode(Subscription.newBuilder(valid)
                .setTenant(random.nextInt(6) == 0 ? null : Fuzz.damage(Subscriptions.TENANT, random))
                .setPlatformWide(random.nextInt(6) == 0)
                .setEventTypes(List.of(Fuzz.damage("order.*", random), Fuzz.damage("e", random)))
                .setFilter(Fuzz.damage(FILTERS.get(random.nextInt(FILTERS.size())), random))
                .build());
    }

    private static List<String> matches(IndexedMatcher matcher, String tenant) {
        EventRouter router =
                new EventRouter(TopicNames.DEFAULT, TenantSource.HEADER, P, matcher, RouterFuzzTest::schema);
        RecordHeaders headers = headers(true);
        headers.remove("ce_tenant").add("ce_tenant", tenant.getBytes(UTF_8));
        Routing routing = router.route(event(JSON, headers));
        if (routing.fault() != null) {
            assertThat(routing.fault().kind()).isNotEqualTo(PipelineFault.INTERNAL);
        }
        return receivers(routing);
    }
}
