package io.hookline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.producer.EmitException.Reason;
import io.hookline.schemas.serde.AvroDeserializer;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class EventProducerIT {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Map<String, Object> settings = new HashMap<>();
    private KafkaSpace space;
    private Log log;
    private DevRegistry registry;

    @BeforeEach
    void settings(KafkaSpace given) {
        space = given;
        log = new Log(space.bootstrapServers());
        registry = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("schemas"))
                .start();
        settings.put("bootstrap.servers", space.bootstrapServers());
        settings.put("topics.prefix", space.prefix());
        settings.put("schema.registry.url", registry.url());
        settings.put("event.source", "/services/shop");
        settings.put("producer.create.topics.partitions", 3);
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void shouldEmitAGeneratedRecordInThreeLines() throws Exception {
        EventProducer producer = EventProducer.create(settings);
        CompletableFuture<EmittedEvent> emitted = producer.emit(order("o-1", "u-1"));
        producer.close();

        ConsumerRecord<byte[], byte[]> record = only("order_created");
        assertThat(emitted)
                .isCompletedWithValue(new EmittedEvent(
                        header(record, "ce_id"),
                        "order_created",
                        space.name("events.order_created"),
                        record.partition(),
                        record.offset(),
                        Instant.ofEpochMilli(record.timestamp())));
        assertThat(new String(record.key(), UTF_8)).isEqualTo("u-1");
        assertThat(read(record).get("orderId")).hasToString("o-1");
        assertThat(header(record, "ce_type")).isEqualTo("order_created");
        assertThat(header(record, "ce_source")).isEqualTo("/services/shop");
        assertThat(header(record, "ce_id")).matches("[0-9a-f-]{36}");
        assertThat(Instant.parse(header(record, "ce_time")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(record.headers().lastHeader("content-type")).isNull();
        assertThat(subjects()).isEqualTo("[\"" + space.name("events.order_created-value") + "\"]");
    }

    @Test
    void shouldEmitAGenericRecord() {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "Paid", "hookline.type": "order.paid", "hookline.key": "id", "fields": [
                    {"name": "id", "type": "long"}]}
                """);
        GenericData.Record paid = new GenericData.Record(schema);
        paid.put("id", 17L);

        emit(Event.of(paid));

        ConsumerRecord<byte[], byte[]> record = only("order.paid");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("17");
        assertThat(read(record)).isEqualTo(paid);
    }

    @Test
    void shouldEmitJsonExactlyAsGiven() throws Exception {
        String json = "{ \"orderId\": \"1\", \"amount\": 12.50 }";
        emit(Event.of("order_created", json).key("u-1"));

        ConsumerRecord<byte[], byte[]> record = only("order_created");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(json);
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(subjects()).isEqualTo("[]");
    }

    @Test
    void shouldSayEverythingThatTheEventSays() {
        Instant time = Instant.parse("2026-11-24T08:30:00.123456789Z");
        emit(Event.of("order_created", Map.of("a", 1))
                .key(ByteBuffer.wrap(new byte[] {(byte) 0xff}))
                .id("my id")
                .source("urn:x")
                .time(time)
                .subject("orders/1")
                .tenant("acmé")
                .traceparent(TRACE)
                .header("ce_causationid", "c-1")
                .header("X-Batch", "7"));

        ConsumerRecord<byte[], byte[]> record = only("order_created");
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        assertThat(headers)
                .isEqualTo(Map.ofEntries(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "my id"),
                        Map.entry("ce_source", "urn:x"),
                        Map.entry("ce_type", "order_created"),
                        Map.entry("ce_time", time.toString()),
                        Map.entry("ce_subject", "orders/1"),
                        Map.entry("ce_tenant", "acmé"),
                        Map.entry("ce_causationid", "c-1"),
                        Map.entry("traceparent", TRACE),
                        Map.entry("content-type", "application/json"),
                        Map.entry("X-Batch", "7")));
        assertThat(record.key()).containsExactly(0xff);
    }

    @Test
    void shouldBeReadByTheCloudEventsSdk() {
        Instant time = Instant.parse("2026-11-24T08:30:00Z");
        emit(Event.of("order_created", "{\"a\":1}")
                .id("1")
                .time(time)
                .subject("s")
                .tenant("acme")
                .header("ce_causationid", "c"));

        ConsumerRecord<byte[], byte[]> record = only("order_created");
        CloudEvent event;
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            event = deserializer.deserialize(record.topic(), record.headers(), record.value());
        }
        assertThat(event.getId()).isEqualTo("1");
        assertThat(event.getType()).isEqualTo("order_created");
        assertThat(event.getSource()).isEqualTo(URI.create("/services/shop"));
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        assertThat(event.getSubject()).isEqualTo("s");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("tenant")).isEqualTo("acme");
        assertThat(event.getExtension("causationid")).isEqualTo("c");
        assertThat(new String(event.getData().toBytes(), UTF_8)).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldKeepTheOrderOfAKey() {
        try (EventProducer producer = EventProducer.create(settings)) {
            for (int i = 0; i < 1000; i++) {
                producer.emit(Event.of("order_created", Map.of("n", i)).key("k" + i % 7));
            }
        }
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : log.read(space.name("events.order_created"))) {
            String value = new String(record.value(), UTF_8);
            int n = Integer.parseInt(value.substring(5, value.length() - 1));
            assertThat(last.getOrDefault(new String(record.key(), UTF_8), -1)).isLessThan(n);
            last.put(new String(record.key(), UTF_8), n);
        }
        assertThat(last).hasSize(7);
    }

    @Test
    void shouldCreateATopicAsTheCatalogueSays() throws Exception {
        emit(Event.of("order_created", Map.of()));
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, space.name("events.order_created"));
        try (var admin = space.admin()) {
            var config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
            assertThat(config.get("retention.ms").value()).isEqualTo("604800000");
            var description =
                    admin.describeTopics(List.of(topic.name())).allTopicNames().get();
            assertThat(description.get(topic.name()).partitions()).hasSize(3);
        }
    }

    @Test
    void shouldSayAtOnceThatATopicIsMissing() {
        settings.put("producer.create.topics", "false");
        long started = System.nanoTime();
        assertThatThrownBy(() -> emit(Event.of("order_created", Map.of())))
                .isInstanceOf(EmitException.class)
                .hasMessage("Topic " + space.name("events.order_created")
                        + " does not exist. Create it with: hookline topics"
                        + " create --event-type order_created (or set producer.create.topics=true).")
                .extracting(e -> ((EmitException) e).reason())
                .isEqualTo(Reason.TOPIC_MISSING);
        assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
    }

    @Test
    void shouldRefuseAvroWithoutARegistryButNotJson() {
        settings.remove("schema.registry.url");
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.emit(order("1", "1")))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining("needs the setting schema.registry.url, such as http://localhost:8081");
            assertThat(producer.emit("order_created", Map.of()).join().offset()).isZero();
        }
    }

    @Test
    void shouldSayThatTheRegistryIsDown() {
        registry.close();
        assertThatThrownBy(() -> emit(Event.of(order("1", "1"))))
                .isInstanceOf(EmitException.class)
                .hasMessageContaining(registry.url())
                .extracting(e -> ((EmitException) e).reason())
                .isEqualTo(Reason.REGISTRY);
        assertThat(log.read(space.name("events.order_created"))).isEmpty();
    }

    @Test
    void shouldSayThatTheRegistryRefusesASchema() {
        String schema = "{\"type\":\"record\",\"name\":\"Paid\",\"fields\":[{\"name\":\"%s\",\"type\":\"long\"}]}";
        GenericData.Record first = new GenericData.Record(new Schema.Parser().parse(schema.formatted("id")));
        first.put("id", 1L);
        emit(Event.of(first));
        GenericData.Record second = new GenericData.Record(new Schema.Parser().parse(schema.formatted("number")));
        second.put("number", 1L);
        assertThatThrownBy(() -> emit(Event.of(second)))
                .isInstanceOf(EmitException.class)
                .hasMessageContaining("Event of type 'paid' (Paid) was not serialised by")
                .hasMessageContaining("409")
                .hasMessageContaining(space.name("events.paid-value"))
                .extracting(e -> ((EmitException) e).reason())
                .isEqualTo(Reason.REGISTRY);
        assertThat(log.read(space.name("events.paid"))).hasSize(1);
    }

    @Test
    void shouldRefuseWhatIsNoEventBeforeAskingKafka() {
        settings.put("producer.create.topics", "false");
        assertInvalid(Event.of(null), "data is null");
        assertInvalid(Event.of("x", 7), "A java.lang.Integer is no event");
        assertInvalid(Event.of(new Object()), "A java.lang.Object is no event");
        assertInvalid(Event.of(Map.of()), "A JSON event has no type of its own");
        assertInvalid(Event.of("no spaces", Map.of()), "Event type 'no spaces' cannot name a topic");
        assertInvalid(Event.of("x".repeat(181), Map.of()), "1 to 180 of A-Z");
        assertInvalid(Event.of("", Map.of()), "Event type '' cannot name a topic");
        assertInvalid(Event.of("x", "{\"a\":}"), "Event of type 'x' is not JSON at line 1, column 6");
        assertInvalid(Event.of("x", Map.of()).key(""), "has an empty ordering key");
        assertInvalid(Event.of("x", Map.of()).header("ce_id", "1"), "set it with Event.id");
        assertInvalid(Event.of(new UserRegister()), "field 'userId' is null, and string is required");
    }

    @Test
    void shouldAcceptTheLargestEventAndNoLarger() {
        int headers =
                "ce_specversion1.0ce_idice_source/services/shopce_typexce_time2026-11-24T08:30:00Zcontent-typeapplication/json"
                        .length();
        int room = 1024 * 1024 - headers - "k".length();
        Event event = Event.of("x", json(room)).key("k").id("i").time(Instant.parse("2026-11-24T08:30:00Z"));
        emit(event);
        assertThat(only("x").value()).hasSize(room);

        assertInvalid(
                Event.of("x", json(room + 1)).key("k").id("i").time(Instant.parse("2026-11-24T08:30:00Z")),
                "has 1048577 bytes (value " + (room + 1) + ", key 1, headers " + headers
                        + "); at most 1048576 are accepted");
    }

    @Test
    void shouldSayWhatTheBrokerRefuses() {
        space.createTopic("events.small", 1, Map.of("max.message.bytes", "1000"));
        try (EventProducer producer = EventProducer.create(settings)) {
            CompletableFuture<EmittedEvent> emitted = producer.emit("small", json(5000));
            assertThatThrownBy(emitted::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessageContaining("refused event ")
                    .hasMessageContaining("topic " + space.name("events.small"))
                    .hasMessageContaining("max.message.bytes")
                    .extracting(e -> ((EmitException) e).reason())
                    .isEqualTo(Reason.REFUSED);
            assertThatThrownBy(producer::flush)
                    .isInstanceOf(NotAcknowledgedException.class)
                    .hasMessageStartingWith("1 of the events emitted since the last flush were not acknowledged");
            producer.flush();
        }
    }

    @Test
    void shouldSayAtTheCallWhatTheClientRefuses() {
        settings.put("max.request.size", 1000);
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.emit("x", json(5000)))
                    .isInstanceOf(EmitException.class)
                    .hasMessageContaining("max.request.size")
                    .extracting(e -> ((EmitException) e).reason())
                    .isEqualTo(Reason.REFUSED);
        }
    }

    @Test
    void shouldFailAfterClose() {
        EventProducer producer = EventProducer.create(settings);
        producer.close();
        producer.close();
        assertThatThrownBy(() -> producer.emit("x", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("This producer is closed");
    }

    @Test
    void shouldHonourAnotherSerializer() {
        settings.put("value.serializer", UpperCase.class);
        settings.put("serializer.shout", "!");
        settings.remove("schema.registry.url");
        emit(Event.of(order("abc", "u-1")));
        ConsumerRecord<byte[], byte[]> record = only("order_created");
        assertThat(new String(record.value(), UTF_8)).contains("ABC").endsWith("!");
        assertThat(header(record, "x-serializer")).isEqualTo("upper");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("u-1");
    }

    @Test
    void shouldTranslateTheFailureOfAnotherSerializer() {
        settings.put("value.serializer", Failing.class);
        assertThatThrownBy(() -> emit(Event.of(order("abc", "u-1"))))
                .isInstanceOf(EmitException.class)
                .hasMessageContaining(
                        "Event of type 'order_created' (io.hookline.events.OrderCreated) was not serialised by "
                                + Failing.class.getName() + ": out of ink")
                .extracting(e -> ((EmitException) e).reason())
                .isEqualTo(Reason.SERIALIZER);
    }

    /** A serializer of someone else's. */
    public static final class UpperCase implements Serializer<Object> {
        private String end = "";

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            end = (isKey ? "key" : "") + configs.get("shout");
        }

        @Override
        public byte[] serialize(String topic, Object data) {
            throw new UnsupportedOperationException("headers are needed");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Object data) {
            headers.add("x-serializer", "upper".getBytes(UTF_8));
            return (data.toString().toUpperCase(java.util.Locale.ROOT) + end).getBytes(UTF_8);
        }
    }

    /** A serializer that never works. */
    public static final class Failing implements Serializer<Object> {
        @Override
        public byte[] serialize(String topic, Object data) {
            throw new IllegalStateException("out of ink");
        }
    }

    private void emit(Event event) {
        try (EventProducer producer = EventProducer.create(settings)) {
            producer.emit(event);
        }
    }

    private void assertInvalid(Event event, String message) {
        assertThatThrownBy(() -> emit(event))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(message);
    }

    private ConsumerRecord<byte[], byte[]> only(String type) {
        List<ConsumerRecord<byte[], byte[]>> records = log.read(space.name("events." + type));
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private GenericRecord read(ConsumerRecord<byte[], byte[]> record) {
        try (AvroDeserializer deserializer = new AvroDeserializer()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);
            return (GenericRecord) deserializer.deserialize(record.topic(), record.value());
        }
    }

    private String subjects() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registry.url() + "/subjects")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String json(int bytes) {
        return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
    }

    private static IndexedRecord order(String id, String user) {
        return OrderCreated.newBuilder()
                .setOrderId(id)
                .setUserId(user)
                .setCreatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setQuantity(1)
                .setAmount(new BigDecimal("12.50"))
                .build();
    }
}
