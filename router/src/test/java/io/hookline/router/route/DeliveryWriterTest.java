package io.hookline.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
        return new EventRouter(TopicNames.DEFAULT, P, matcher, id -> {
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
        DeliveryWriter writer = new DeliveryWriter(limit, p -> Long.MAX_VALUE);
        List<String> ids = new ArrayList<>();
        var oversized = writer.oversized(event, routing);
        if (oversized.isEmpty()) {
            writer.deliveries(event, routing, (delivery, partition) -> {
                assertThat(deliveries.encode(delivery)).hasSizeLessThanOrEqualTo(limit);
                ids.addAll(delivery.getSubscriptions());
            });
            assertThat(ids).hasSize(routes);
            assertThat(new HashSet<>(ids)).hasSize(routes);
        } else {
            assertThat(oversized.get().kind()).isEqualTo(PipelineFault.TOO_LARGE);
            assertThat(oversized.get().detail()).contains(Integer.toString(limit));
            PipelineDead aside = writer.dead(event, oversized.get(), Instant.EPOCH);
            assertThat(dead.encode(aside)).hasSizeLessThanOrEqualTo(Math.max(limit, 1_200));
        }
    }

    @Test
    void shouldPutAtMostAThousandSubscriptionsIntoARecord() {
        SourceEvent event = event(1_000, 0, "t");
        Routing routing = router(P * 2_500, 26).route(event);
        List<Integer> sizes = new ArrayList<>();
        long[] bytes = {0};
        new DeliveryWriter(1 << 20, p -> 7).deliveries(event, routing, (delivery, partition) -> {
            sizes.add(delivery.getSubscriptions().size());
            bytes[0] += deliveries.encode(delivery).length;
            assertThat(delivery.getSubscriptionsOffset()).isEqualTo(7);
        });
        assertThat(sizes).containsExactlyInAnyOrder(1_000, 1_000, 500, 1_000, 1_000, 500, 1_000, 1_000, 500);
        assertThat(bytes[0] * 100_000 / (P * 2_500)).isLessThan(5 << 20);
    }
}
