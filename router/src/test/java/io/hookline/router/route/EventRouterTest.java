package io.hookline.router.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.PipelineFault;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.schemas.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRouterTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("E").fields().requiredLong("n").endRecord();

    private final IndexedMatcher matcher = new IndexedMatcher();
    private final EventRouter router =
            new EventRouter(TopicNames.DEFAULT, TenantSource.HEADER, 2, matcher, EventRouterTest::schema);

    private static Schema schema(int id) throws UnknownSchemaException {
        if (id == 7) {
            return SCHEMA;
        }
        throw new UnknownSchemaException("The registry knows no schema " + id + ".");
    }

    private static SourceEvent event(byte[] value, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new SourceEvent("events.topic_type", 0, 0, 10, null, value, all);
    }

    private static byte[] avro(int... n) {
        byte[] value = new byte[5 + n.length];
        value[4] = 7;
        for (int i = 0; i < n.length; i++) {
            value[5 + i] = (byte) n[i];
        }
        return value;
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(IndexedMatcher matcher, String id, String tenant, String type) {
        matcher.put(new Route(id, 0, tenant, List.of(TypePattern.parse(type)), null, 0));
    }

    private void put(String id, String tenant, String filter, String... types) {
        try {
            List<TypePattern> patterns = new ArrayList<>();
            for (String type : types) {
                patterns.add(TypePattern.parse(type));
            }
            matcher.put(new Route(
                    id,
                    0,
                    tenant,
                    patterns,
                    filter == null ? null : io.hookline.router.filter.Filter.parse(filter),
                    0));
        } catch (io.hookline.router.filter.InvalidFilterException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> receivers(Routing routing) {
        List<String> ids = new ArrayList<>();
        routing.fanOut().partitions().forEach(p -> routing.fanOut().routes(p).forEach(route -> ids.add(route.id())));
        return ids;
    }

    @Test
    void shouldGiveThePipelinesOwnEventsOnlyToThoseWhoNameThem() {
        put("all", null, null, "*");
        put("named", null, null, "endpoint.disabled");
        put("group", "t", null, "endpoint.*");
        put("other", "u", null, "endpoint.*");
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_type", "endpoint.disabled".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_tenant", "t".getBytes(StandardCharsets.UTF_8));
        headers.add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));

        Routing own =
                router.route(new SourceEvent(TopicNames.DEFAULT.operations(), 0, 0, 10, null, json("{}"), headers));
        assertThat(receivers(own)).containsExactlyInAnyOrder("named", "group");

        Routing others =
                router.route(new SourceEvent(TopicNames.DEFAULT.events("any"), 0, 0, 10, null, json("{}"), headers));
        assertThat(receivers(others)).containsExactlyInAnyOrder("all", "named", "group");
    }

    @Test
    void shouldTakeTheTypeFromTheHeaderElseFromTheTopic() {
        put("a", null, null, "header_type");
        put("b", null, null, "topic_type");
        Routing named = router.route(event(avro(2), "ce_type", "header_type"));
        assertThat(named.type()).isEqualTo("header_type");
        assertThat(receivers(named)).containsExactly("a");
        Routing bare = router.route(event(avro(2)));
        assertThat(bare.type()).isEqualTo("topic_type");
        assertThat(receivers(bare)).containsExactly("b");
    }

    @Test
    void shouldReadDataOfBothKindsAndAttributes() {
        put("data", null, "{\"data\":{\"n\":[1]}}", "*");
        put("source", null, "{\"source\":[\"/shop\"]}", "*");
        assertThat(receivers(router.route(event(avro(2), "ce_source", "/shop"))))
                .containsExactlyInAnyOrder("data", "source");
        assertThat(receivers(router.route(event(avro(4))))).isEmpty();
        assertThat(receivers(router.route(event(json("{\"n\":1.0}"), "content-type", "application/vnd.x+json"))))
                .containsExactly("data");
    }

    @Test
    void shouldGiveUnreadableDataToThoseWhoDoNotLookIntoItAndReportIt() {
        put("looks", null, "{\"data\":{\"n\":[1]}}", "*");
        put("does-not", null, null, "*");
        put("absent", null, "{\"data\":{\"other\":[{\"exists\":false}]}}", "*");
        Routing routing = router.route(event(avro()));
        assertThat(receivers(routing)).containsExactly("does-not");
        assertThat(routing.fault().kind()).isEqualTo(PipelineFault.UNDECODABLE);
        Routing brokenJson = router.route(event(json("{\"n\":1"), "content-type", "application/json"));
        assertThat(receivers(brokenJson)).containsExactly("does-not");
        assertThat(brokenJson.fault().kind()).isEqualTo(PipelineFault.UNDECODABLE);
        matcher.remove("looks");
        matcher.remove("absent");
        assertThat(router.route(event(avro())).fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<x/>", "\u0000", "undefined"})
    void shouldRefuseWhatCannotBeginAsJson(String text) {
        put("all", null, null, "*");
        Routing routing = router.route(event(json(text), "content-type", "application/json"));
        assertThat(receivers(routing)).isEmpty();
        assertThat(routing.fault().kind()).isEqualTo(PipelineFault.UNDECODABLE);
    }

    @Test
    void shouldRefuseWhatIsNeitherAndSayWhy() {
        put("all", null, null, "*");
        assertThat(router.route(event(json("{}"))).fault().detail())
                .contains("looks like JSON", "with the header content-type: application/json");
        assertThat(router.route(event(new byte[0])).fault().detail()).contains("empty");
        assertThat(router.route(event(new byte[] {0, 0})).fault().detail()).contains("2 bytes");
        assertThat(router.route(event(null)).fault().detail()).contains("null");
        Fault unknown = router.route(event(new byte[] {0, 0, 0, 0, 8, 1})).fault();
        assertThat(unknown.kind()).isEqualTo(PipelineFault.UNKNOWN_SCHEMA);
        assertThat(unknown.detail()).contains("schema 8");
        assertThat(router.route(event(avro(2), "ce_time", "x")).fault().kind())
                .isEqualTo(PipelineFault.INVALID_HEADERS);
        assertThat(receivers(router.route(event(null)))).isEmpty();
    }

    @Test
    void shouldForgetTheEventBefore() {
        put("a", null, null, "a");
        assertThat(receivers(router.route(event(avro(2), "ce_type", "a")))).containsExactly("a");
        assertThat(receivers(router.route(event(avro(2), "ce_type", "b")))).isEmpty();
        assertThat(receivers(router.route(event(null, "ce_type", "a")))).isEmpty();
        assertThat(receivers(router.internalFault(event(null), new IllegalStateException("x"))))
                .isEmpty();
    }

    @Provide
    Arbitrary<byte[]> values() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(bytes -> {
            if (bytes.length > 5 && bytes[5] % 2 == 0) {
                bytes[0] = 0;
                bytes[1] = 0;
                bytes[2] = 0;
                bytes[3] = 0;
                bytes[4] = 7;
            }
            return bytes;
        });
    }

    @Property(tries = 3_000)
    void shouldSurviveAnyBytes(
            @ForAll("values") byte[] value, @ForAll boolean isJson, @ForAll("values") byte[] header) {
        put("data", null, "{\"data\":{\"n\":[{\"numeric\":[\">\",0]}]}}", "*");
        put("all", null, null, "*");
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_type", header);
        headers.add("ce_tenant", header);
        if (isJson) {
            headers.add("content-type", json("application/json"));
        }
        Routing routing = router.route(new SourceEvent("events.x", 0, 0, 0, null, value, headers));
        assertThat(routing.fault() != null || receivers(routing).contains("all"))
                .isTrue();
        if (routing.fault() != null) {
            assertThat(routing.fault().kind()).isNotEqualTo(PipelineFault.INTERNAL);
        }
    }

    private static SourceEvent at(String topic, String... headers) {
        SourceEvent event = event(avro(2), headers);
        return new SourceEvent(topic, 0, 0, 10, null, event.value(), event.headers());
    }

    /** Whatever an event says of itself, nobody but its tenant and who is platform-wide receives it. */
    @Property(tries = 1_000)
    void shouldNeverGiveATenantsEventToAnother(
            @ForAll @IntRange(max = 4) int tenant, @ForAll @IntRange(max = 5) int said, @ForAll boolean fromTopic) {
        IndexedMatcher matcher = new IndexedMatcher();
        List<String> tenants = List.of("acme", "acme2", "a", "ACME", "acme.x");
        for (String each : tenants) {
            put(matcher, each.replace(".", "-"), each, "*");
        }
        put(matcher, "platform", null, "*");
        EventRouter strict = new EventRouter(
                TopicNames.DEFAULT,
                fromTopic ? TenantSource.TOPIC : TenantSource.HEADER,
                2,
                matcher,
                EventRouterTest::schema);
        String own = tenants.get(tenant % 4);
        String header = said == 5 ? null : tenants.get(said);
        SourceEvent event =
                header == null ? at("events." + own + ".order") : at("events." + own + ".order", "ce_tenant", header);

        Routing routing = strict.route(event);

        if (!fromTopic) {
            assertThat(receivers(routing))
                    .containsExactlyInAnyOrderElementsOf(
                            header == null ? List.of("platform") : List.of(header.replace(".", "-"), "platform"));
        } else if (header != null && !header.equals(own)) {
            assertThat(receivers(routing)).isEmpty();
            assertThat(routing.fault().kind()).isEqualTo(PipelineFault.TENANT_MISMATCH);
            assertThat(routing.fault().detail()).contains(header, own);
        } else {
            assertThat(receivers(routing)).containsExactlyInAnyOrder(own, "platform");
            assertThat(routing.tenant()).isEqualTo(own);
            assertThat(routing.type()).isEqualTo("order");
        }
    }

    @Test
    void shouldTakeTheTypeFromWhatFollowsTheTenantInTheTopic() {
        EventRouter strict =
                new EventRouter(TopicNames.DEFAULT, TenantSource.TOPIC, 2, matcher, EventRouterTest::schema);
        assertThat(strict.route(at("events.acme.order", "ce_type", "acme.order"))
                        .type())
                .isEqualTo("order");
        assertThat(strict.route(at("events.acme.order", "ce_type", "other")).type())
                .isEqualTo("other");
        assertThat(strict.route(at("events.acme.brand.new")).type()).isEqualTo("brand.new");
        for (String topic : List.of("events.acme", "events..order", "events.acme.")) {
            assertThat(strict.route(at(topic)).fault().kind()).isEqualTo(PipelineFault.TENANT_MISMATCH);
        }
    }

    @Test
    void shouldNotHideThatTheRouterCloses() {
        EventRouter closing = new EventRouter(TopicNames.DEFAULT, TenantSource.HEADER, 2, matcher, id -> {
            throw new org.apache.kafka.common.errors.InterruptException("stop");
        });
        assertThatThrownBy(() -> closing.route(event(avro(2))))
                .isInstanceOf(org.apache.kafka.common.errors.InterruptException.class);
    }
}
