package io.hookline.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.router.support.InMemoryRegistry;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryWriterTest {
    private static final int P = 3;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client =
            SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
    private final RecordCodec<Delivery> deliveries = RecordCodec.of(Delivery.class, client);
    private final RecordCodec<PipelineDead> dead = RecordCodec.of(PipelineDead.class, client);

    @AfterEach
    @AfterProperty
    void close() {
        client.close();
        registry.close();
    }

    private static SourceEvent event(int valueBytes, int headerBytes, String text) {
        byte[] json = ("{\"a\":\"" + "x".repeat(valueBytes) + "\"}").getBytes(StandardCharsets.UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_type", text.getBytes(StandardCharsets.UTF_8));
        headers.add("ce_tenant", text.getBytes(StandardCharsets.UTF_8));
        headers.add("x-" + text, new byte[headerBytes]);
        headers.add("x-null", null);
        return new SourceEvent("events.a", 1, Long.MAX_VALUE, Long.MAX_VALUE / 2, json, json, headers);
    }

    private static EventRouter router(int routes, int idLength) {
        IndexedMatcher matcher = new IndexedMatcher();
        for (int i = 0; i < routes; i++) {
            String id = "0".repeat(idLength) + i;
            matcher.put(new Route(
                    id.substring(id.length() - idLength), i % P, null, List.of(new TypePattern.Any()), null, 0));
        }
        return new EventRouter(TopicNames.DEFAULT, TenantSource.HEADER, P, matcher, id -> {
            throw new UnknownSchemaException("none");
        });
    }

    @Property(tries = 200)
    void shouldNeverWriteMoreThanALimitAllows(
            @ForAll @IntRange(max = 3_000) int valueBytes,
            @ForAll @IntRange(max = 2_000) int headerBytes,
            @ForAll @IntRange(max = 400) int routes,
            @ForAll @IntRange(min = 500, max = 10_000) int limit,
            @ForAll @IntRange(min = 1, max = 60) int textLength) {
        SourceEvent event = event(valueBytes, headerBytes, "ü".repeat(textLength));
        Routing routing = router(routes, 64).route(event);
        DeliveryWriter writer = new DeliveryWriter(limit, deliveries.schemaId(), p -> Long.MAX_VALUE);
        List<String> ids = new ArrayList<>();
        Fault oversized = writer.deliveries(event, routing, (value, partition, subscriptions) -> {
            assertThat(value).hasSizeLessThanOrEqualTo(limit);
            List<String> some = deliveries.decodeBlocking(value).getSubscriptions();
            assertThat(some).hasSize(subscriptions);
            ids.addAll(some);
        });
        if (oversized == null) {
            assertThat(ids).hasSize(routes);
            assertThat(new HashSet<>(ids)).hasSize(routes);
        } else {
            assertThat(ids).isEmpty();
            assertThat(oversized.kind()).isEqualTo(PipelineFault.TOO_LARGE);
            assertThat(oversized.detail()).contains(Integer.toString(limit));
            PipelineDead aside = writer.dead(event, oversized, Instant.EPOCH);
            assertThat(dead.encode(aside)).hasSizeLessThanOrEqualTo(Math.max(limit, 1_200));
        }
    }

    @Test
    void shouldPutAtMostAThousandSubscriptionsIntoARecord() {
        SourceEvent event = event(1_000, 0, "t");
        Routing routing = router(P * 2_500, 26).route(event);
        List<Integer> sizes = new ArrayList<>();
        long[] bytes = {0};
        writer(7).deliveries(event, routing, (value, partition, subscriptions) -> {
            sizes.add(subscriptions);
            bytes[0] += value.length;
            assertThat(deliveries.decodeBlocking(value).getSubscriptionsOffset())
                    .isEqualTo(7);
        });
        assertThat(sizes).containsExactlyInAnyOrder(1_000, 1_000, 500, 1_000, 1_000, 500, 1_000, 1_000, 500);
        assertThat(bytes[0] * 100_000 / (P * 2_500)).isLessThan(5 << 20);
    }

    private DeliveryWriter writer(long subscriptionsOffset) {
        return new DeliveryWriter(1 << 20, deliveries.schemaId(), p -> subscriptionsOffset);
    }

    /** The writer knows the schema by heart: what it writes must be what Avro writes of the same record, byte for byte. */
    @Property(tries = 500)
    void shouldWriteTheBytesThatAvroWrites(
            @ForAll @Size(max = 5) List<@StringLength(max = 20) String> headers,
            @ForAll @WithNull(0.3) byte @Size(max = 300) [] key,
            @ForAll byte @Size(max = 3_000) [] value,
            @ForAll @WithNull(0.3) @StringLength(max = 20) String tenant,
            @ForAll @StringLength(max = 30) String type,
            @ForAll @IntRange(min = 0) int partition,
            @ForAll long offset,
            @ForAll @LongRange(max = 253_402_300_799_999L) long recordedAtMs,
            @ForAll @IntRange(min = 1, max = 2_100) int routes) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach(each -> all.add(each, each.length() % 3 == 0 ? null : each.getBytes(StandardCharsets.UTF_8)));
        SourceEvent event = new SourceEvent("events." + type, partition, offset, recordedAtMs, key, value, all);
        FanOut fanOut = new FanOut(P);
        for (int i = 0; i < routes; i++) {
            fanOut.accept(new Route("id-" + i, i % P, null, List.of(new TypePattern.Any()), null, 0));
        }
        List<byte[]> written = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        Fault fault = writer(offset).deliveries(event, new Routing(type, tenant, fanOut, null), (bytes, p, count) -> {
            written.add(bytes);
            List<Route> there = fanOut.routes(p);
            int from = firstOf(bytes, there);
            expected.add(deliveries.encode(delivery(event, type, tenant, there.subList(from, from + count), offset)));
        });
        assertThat(fault).isNull();
        assertThat(written).hasSameSizeAs(expected).hasSizeGreaterThanOrEqualTo(Math.min(routes, P));
        for (int i = 0; i < written.size(); i++) {
            assertThat(written.get(i)).isEqualTo(expected.get(i));
        }
    }

    /** Where the first subscription of a record is among all of its partition. */
    private int firstOf(byte[] delivery, List<Route> routes) {
        String first = deliveries.decodeBlocking(delivery).getSubscriptions().get(0);
        return routes.stream().map(Route::id).toList().indexOf(first);
    }

    private static Delivery delivery(
            SourceEvent event, String type, String tenant, List<Route> routes, long subscriptionsOffset) {
        List<EventHeader> headers = new ArrayList<>();
        event.headers().forEach(header -> headers.add(new EventHeader(header.key(), wrap(header.value()))));
        return Delivery.newBuilder()
                .setEvent(wrap(event.value()))
                .setKey(wrap(event.key()))
                .setHeaders(headers)
                .setTopic(event.topic())
                .setPartition(event.partition())
                .setOffset(event.offset())
                .setRecordedAt(Instant.ofEpochMilli(event.recordedAtMs()))
                .setType(type)
                .setTenant(tenant)
                .setSubscriptions(routes.stream().map(Route::id).toList())
                .setSubscriptionsOffset(subscriptionsOffset)
                .build();
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
