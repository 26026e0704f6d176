package io.hookline.router.stream;

import static io.hookline.router.support.Installation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Subscription;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.Selection;
import io.hookline.router.route.TenantSource;
import io.hookline.router.schema.SchemaLookup;
import io.hookline.router.stop.Closing;
import io.hookline.router.subscription.AppliedOffsets;
import io.hookline.router.subscription.SubscriptionTable;
import io.hookline.router.support.InMemoryRegistry;
import io.hookline.router.support.Subscriptions;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTopologyTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(42));

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client =
            SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
    private final RouterCodecs codecs = RouterCodecs.of(client);
    private final RoutingCounters counters = new RoutingCounters();
    private final BrittleMatcher matcher = new BrittleMatcher();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> subscriptions;
    private TestInputTopic<byte[], byte[]> events;
    private TestOutputTopic<byte[], byte[]> deliveries;
    private TestOutputTopic<byte[], byte[]> dead;

    /** Fails when asked for type {@code bug}. */
    private static final class BrittleMatcher implements Matcher {
        private final IndexedMatcher inner = new IndexedMatcher();

        @Override
        public void put(Route route) {
            if (route.id().equals("bug")) {
                throw new IllegalStateException("bug");
            }
            inner.put(route);
        }

        @Override
        public void remove(String id) {
            inner.remove(id);
        }

        @Override
        public Selection selectNamed(String type, String tenant) {
            return inner.selectNamed(type, tenant);
        }

        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public Selection select(String type, String tenant) {
            if (type.equals("bug")) {
                throw new IllegalStateException("bug");
            }
            return inner.select(type, tenant);
        }
    }

    @BeforeEach
    void open() {
        AppliedOffsets offsets = new AppliedOffsets(1);
        SchemaLookup schemas = SchemaLookup.of(client, new Closing());
        SubscriptionTable table = new SubscriptionTable(codecs.subscription(), schemas, matcher, offsets);
        RouterTopology topology = new RouterTopology(
                TopicNames.DEFAULT,
                TenantSource.HEADER,
                1,
                20_000,
                matcher,
                table,
                offsets,
                schemas,
                codecs,
                counters,
                CLOCK);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "router");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        driver = new TopologyTestDriver(topology.build(new StreamsConfig(settings)), settings);
        subscriptions = input("subscriptions");
        events = input("events.e");
        deliveries = output("deliveries");
        dead = output("pipeline.dead");
    }

    @AfterEach
    void close() {
        driver.close();
        client.close();
        registry.close();
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void put(Subscription subscription) {
        subscriptions.pipeInput(
                utf8(subscription.getId()), codecs.subscription().encode(subscription));
    }

    private void emit(String type, String json) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", utf8("application/json"));
        headers.add("ce_tenant", utf8(Subscriptions.TENANT));
        headers.add("ce_type", utf8(type));
        events.pipeInput(new TestRecord<>(utf8("k"), utf8(json), headers, 7L));
    }

    private List<PipelineDead> deadRecords() {
        return dead.readRecordsToList().stream()
                .map(record -> codecs.dead().decodeBlocking(record.value()))
                .toList();
    }

    @Test
    void shouldRouteWithoutTheEventsHeadersOnTheRecordAndWithItsTimestamp() {
        put(Subscriptions.of("s", "*"));
        emit("e", "{}");
        TestRecord<byte[], byte[]> record = deliveries.readRecord();
        assertThat(record.key()).isNull();
        assertThat(record.headers()).isEmpty();
        assertThat(record.timestamp()).isEqualTo(7);
        Delivery delivery = codecs.delivery().decodeBlocking(record.value());
        assertThat(delivery.getSubscriptions()).containsExactly("s");
        assertThat(delivery.getSubscriptionsOffset()).isZero();
        assertThat(dead.isEmpty()).isTrue();
    }

    @Test
    void shouldPutAnOversizedEventAsideOnceAndGoOn() {
        put(Subscriptions.of("a", "*"));
        put(Subscriptions.of("b", "*"));
        emit("e", "{\"x\":\"" + "y".repeat(20_000) + "\"}");
        emit("e", "{\"x\":\"" + "y".repeat(19_000) + "\"}");
        assertThat(deadRecords()).singleElement().satisfies(record -> {
            assertThat(record.getFault()).isEqualTo(PipelineFault.TOO_LARGE);
            assertThat(record.getValue()).isNull();
            assertThat(record.getFailedAt()).isEqualTo(Instant.ofEpochMilli(42));
            assertThat(record.getOffset()).isZero();
        });
        assertThat(deliveries.readRecordsToList()).hasSize(1);
        assertThat(counters.dead()).isEqualTo(1);
        assertThat(counters.events()).isEqualTo(2);
        assertThat(counters.matches()).isEqualTo(2);
    }

    @Test
    void shouldPutAnEventAsideOnWhichTheRouterItselfFails() {
        put(Subscriptions.of("s", "*"));
        emit("bug", "{}");
        emit("e", "{}");
        assertThat(deadRecords()).singleElement().satisfies(record -> {
            assertThat(record.getFault()).isEqualTo(PipelineFault.INTERNAL);
            assertThat(record.getDetail()).contains("bug");
        });
        assertThat(deliveries.readRecordsToList()).hasSize(1);
    }

    @Test
    void shouldNotDieOfASubscriptionOnWhichTheRouterItselfFails() {
        put(Subscriptions.of("bug", "*"));
        subscriptions.pipeInput(utf8("x"), utf8("garbage"));
        put(Subscriptions.of("s", "*"));
        emit("e", "{}");
        assertThat(codecs.delivery().decodeBlocking(deliveries.readValue()).getSubscriptions())
                .containsExactly("s");
    }

    @Test
    void shouldTakeARecordWithoutATimestampForRecordedNow() {
        put(Subscriptions.of("s", "*"));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("events.e", null, 0L, null, utf8("{}"));
        var extractor = new RouterTopology(
                        TopicNames.DEFAULT,
                        TenantSource.HEADER,
                        1,
                        1,
                        matcher,
                        null,
                        null,
                        null,
                        codecs,
                        counters,
                        CLOCK)
                .timestamps();
        assertThat(extractor.extract(
                        new org.apache.kafka.clients.consumer.ConsumerRecord<>(record.topic(), 0, 0, null, null), 0))
                .isEqualTo(42);
    }
}
