package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.producer.listener.EventListener;
import io.hookline.producer.listener.Listeners;
import io.hookline.testkit.kafka.EmbeddedKafka;
import io.hookline.testkit.registry.DevRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The samples of docs/producer.md, word for word ({@link DocumentationTest} compares), against a real broker. */
class SamplesIT {
    private static final Logger log = LoggerFactory.getLogger(SamplesIT.class);

    private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
    private final DevRegistry registry = DevRegistry.start(kafka.bootstrapServers());
    private final String bootstrapServers = kafka.bootstrapServers();
    private final String registryUrl = registry.url();
    private final OrderCreated order = OrderCreated.newBuilder()
            .setOrderId("4711")
            .setUserId("u-1")
            .setCreatedAt(Instant.EPOCH)
            .setQuantity(1)
            .setAmount(new BigDecimal("12.50"))
            .build();

    @AfterEach
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void shouldEmit() throws Exception {
        Instant orderedAt = Instant.EPOCH;
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registryUrl,
                "event.source", "/services/shop");
        threeLines(settings);
        try (EventProducer producer = EventProducer.create(settings)) {
            producer.emit(Event.of(order)
                    .key("customer-17")
                    .tenant("acme")
                    .subject("orders/4711")
                    .time(orderedAt)
                    .traceparent(traceparent)
                    .header("ce_region", "eu"));
            producer.emit("order_created", Map.of("orderId", "4711", "amount", 12.50));
            producer.emit(Event.of("order_created", "{\"orderId\": \"4712\"}").key("customer-17"));
            CompletableFuture<EmittedEvent> future = producer.emit(order);
            EmittedEvent emitted = future.get(10, TimeUnit.SECONDS);
            log.info("event {} is at {}/{}/{}", emitted.id(), emitted.topic(), emitted.partition(), emitted.offset());
        }
        List<ConsumerRecord<byte[], byte[]>> records = new Log(bootstrapServers).read("events.order_created");
        assertThat(records).hasSize(5);
        assertThat(records)
                .filteredOn(r -> r.headers().lastHeader("ce_region") != null)
                .hasSize(1);
    }

    private void threeLines(Map<String, Object> settings) {
        EventProducer producer = EventProducer.create(settings);
        producer.emit(order);
        producer.close();
    }

    @Test
    void shouldEmitInATransaction() {
        try (EventProducer transactional = EventProducer.create(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "event.source",
                "/services/shop",
                "transactional.id",
                "shop-1"))) {
            List<EmittedEvent> both = transactional.inTransaction(tx -> {
                tx.emit("order_paid", Map.of("orderId", "4711"));
                tx.emit("stock_reserved", Map.of("orderId", "4711"));
            });
            assertThat(both).extracting(EmittedEvent::type).containsExactly("order_paid", "stock_reserved");
        }
        assertThat(new Log(bootstrapServers).read("events.stock_reserved")).hasSize(1);
    }

    @Test
    void shouldListenAndObserve() {
        Mailer mailer = (userId, eventId) -> "mail-to-" + userId;
        Alarm alarm = message -> log.error("{}", message);
        Map<String, JsonNode> seen = new ConcurrentHashMap<>();
        Audit audit = seen::put;
        Map<String, Object> listenerSettings = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registryUrl,
                "listener.service", "mailer"));
        Map<String, Object> watcherSettings = new HashMap<>(listenerSettings);
        watcherSettings.put("listener.service", "auditor");

        EventListener listener = Listeners.create(listenerSettings)
                .listen("user_register", UserRegister.class, (user, event) -> {
                    String mailId = mailer.welcome(user.getUserId(), event.id());
                    return Map.of("mailId", mailId);
                })
                .onProblem(problem -> alarm.raise(problem.message()))
                .start();
        EventListener watcher = Listeners.create(watcherSettings)
                .observe("user_register.result", (result, event) -> audit.add(event.correlationId(), result))
                .start();
        try (EventProducer producer = EventProducer.create(Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registryUrl,
                "event.source", "/services/shop"))) {
            producer.emit(Event.of(UserRegister.newBuilder()
                            .setUserId("u-1")
                            .setRegisteredAt(Instant.EPOCH)
                            .build())
                    .id("e-1"));
        }
        await().untilAsserted(() -> assertThat(seen.get("e-1")).hasToString("{\"mailId\":\"mail-to-u-1\"}"));
        listener.close();
        watcher.close();
    }

    private interface Mailer {
        String welcome(String userId, String eventId);
    }

    private interface Alarm {
        void raise(String message);
    }

    private interface Audit {
        void add(String correlationId, JsonNode result);
    }
}
