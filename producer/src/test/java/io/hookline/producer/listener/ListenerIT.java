package io.hookline.producer.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import io.hookline.events.Channel;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.producer.EmitException;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.producer.Log;
import io.hookline.producer.listener.ListenerProblem.Kind;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
@Timeout(120)
class ListenerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Map<String, Object> settings = new HashMap<>();
    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<ListenerProblem> problems = Collections.synchronizedList(new ArrayList<>());
    private final List<EventListener> running = new ArrayList<>();
    private KafkaSpace space;
    private DevRegistry registry;

    @BeforeEach
    void settings(KafkaSpace given) {
        space = given;
        registry = registry("schemas");
        settings.put("bootstrap.servers", space.bootstrapServers());
        settings.put("topics.prefix", space.prefix());
        settings.put("schema.registry.url", registry.url());
        settings.put("listener.service", "mailer");
        settings.put("listener.backoff.ms", "10");
        settings.put("producer.create.topics.partitions", 2);
    }

    @AfterEach
    void close() {
        running.forEach(EventListener::close);
        registry.close();
    }

    @Test
    void shouldPublishWhatAHandlerReturns() {
        start(listeners().listen("user_register", UserRegister.class, (user, event) -> {
            assertThat(event.keyText()).hasValue("u-1");
            return Map.of(
                    "welcomed", user.getUserId(), "channel", user.getChannel().name());
        }));
        emit(Event.of(user("u-1")).id("e-1").tenant("acme").traceparent(TRACE));

        ConsumerRecord<byte[], byte[]> result = results("user_register", 1).get(0);
        assertThat(json(result)).isEqualTo(tree("{\"welcomed\":\"u-1\",\"channel\":\"WEB\"}"));
        assertThat(new String(result.key(), UTF_8)).isEqualTo("u-1");
        Map<String, String> headers = headers(result);
        assertThat(headers.remove("ce_id")).matches("[0-9a-f-]{36}");
        assertThat(Instant.parse(headers.remove("ce_time")))
                .isAfter(Instant.now().minusSeconds(100));
        assertThat(headers)
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "user_register.result",
                        "ce_source", "/services/mailer",
                        "ce_tenant", "acme",
                        "traceparent", TRACE,
                        "content-type", "application/json",
                        "ce_causationid", "e-1",
                        "ce_correlationid", "e-1",
                        "ce_chaindepth", "1",
                        "ce_resultstatus", "ok"));
    }

    @Test
    void shouldPublishRecordsAndEventsAndNothing() {
        start(listeners().listen("ask", (data, event) -> switch (data.get("want")
                .asText()) {
            case "record" -> user("u-2");
            case "event" -> Event.of(Map.of("n", 1)).subject("s");
            case "optional" -> Optional.of("{\"n\":2}");
            case "empty" -> Optional.empty();
            default -> null;
        }));
        for (String want : List.of("empty", "record", "nothing", "event", "optional")) {
            emit(Event.of("ask", Map.of("want", want)).key("k"));
        }
        List<ConsumerRecord<byte[], byte[]>> results = results("ask", 3);
        assertThat(results.get(0).headers().lastHeader("content-type")).isNull();
        assertThat(headers(results.get(1))).containsEntry("ce_subject", "s");
        assertThat(json(results.get(2))).isEqualTo(tree("{\"n\":2}"));
    }

    @Test
    void shouldGiveTheDataAsTheHandlerWantsIt() {
        start(listeners()
                .observe("order_created", GenericRecord.class, (order, event) -> seen.add(order.get("amount")))
                .observe("user_register", (user, event) -> seen.add(user)));
        emit(Event.of(OrderCreated.newBuilder()
                .setOrderId("o")
                .setUserId("u")
                .setCreatedAt(Instant.EPOCH)
                .setQuantity(1)
                .setAmount(new BigDecimal("12.50"))
                .build()));
        await().until(() -> seen.size() == 1);
        emit(Event.of(user("u-1")));
        emit(Event.of("user_register", "{\"userId\":1.10}"));
        await().until(() -> seen.size() == 3);
        assertThat(seen.get(0)).isEqualTo(new BigDecimal("12.50"));
        assertThat(seen.subList(1, 3))
                .containsExactlyInAnyOrder(
                        tree(
                                "{\"userId\":\"u-1\",\"registeredAt\":\"1970-01-01T00:00:00Z\",\"email\":null,\"channel\":\"WEB\"}"),
                        JSON.createObjectNode().put("userId", new BigDecimal("1.10")));
    }

    @Test
    void shouldUnderstandTheCloudEventsSdkAndPlainProducers() {
        start(listeners()
                .listen(
                        "hello",
                        (data, event) ->
                                Map.of("id", event.id(), "n", data.get("n").asInt())));
        CloudEvent sdk = CloudEventBuilder.v1()
                .withId("sdk-1")
                .withSource(URI.create("urn:other"))
                .withType("com.example.hello")
                .withDataContentType("application/json")
                .withData("{\"n\":1}".getBytes(UTF_8))
                .withExtension("tenant", "acme")
                .build();
        String topic = space.name("events.hello");
        try (KafkaProducer<String, CloudEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", space.bootstrapServers()),
                new StringSerializer(),
                new CloudEventSerializer())) {
            await().until(producer.send(new ProducerRecord<>(topic, 0, "k", sdk))::isDone);
        }
        ProducerRecord<byte[], byte[]> plain = new ProducerRecord<>(topic, 0, null, "{\"n\":2}".getBytes(UTF_8));
        plain.headers().add("content-type", "application/json; charset=utf-8".getBytes(UTF_8));
        send(plain);

        List<ConsumerRecord<byte[], byte[]>> results = results("hello", 2);
        assertThat(results.stream().map(ListenerIT::json))
                .containsExactlyInAnyOrder(
                        tree("{\"id\":\"sdk-1\",\"n\":1}"), tree("{\"id\":\"" + topic + "/0/1\",\"n\":2}"));
        assertThat(results)
                .anySatisfy(r -> assertThat(headers(r))
                        .containsEntry("ce_tenant", "acme")
                        .containsEntry("ce_causationid", "sdk-1"));
    }

    @Test
    void shouldTryAgainInOrderWhileOtherPartitionsGoOn() {
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch other = new CountDownLatch(1);
        settings.put("listener.attempts", "1000");
        settings.put("listener.backoff.max.ms", "50");
        start(listeners().listen("work", (data, event) -> {
            int n = data.get("n").asInt();
            if (n == 1 && other.getCount() > 0) {
                failures.incrementAndGet();
                throw new IOException("not yet");
            }
            if (n == 100) {
                other.countDown();
            }
            seen.add(n);
            return Map.of("n", n);
        }));
        sendJson("work", 0, 0, 1, 2, 3);
        await().until(() -> failures.get() >= 3);
        sendJson("work", 1, 100);
        await().until(() -> seen.size() == 5);
        assertThat(seen.stream().filter(n -> (Integer) n < 100)).containsExactly(0, 1, 2, 3);
        assertThat(results("work", 5).stream().filter(r -> json(r).get("n").asInt() < 100))
                .extracting(r -> json(r).get("n").asInt())
                .containsExactly(0, 1, 2, 3);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldHaltBeforeAnEventWhoseHandlerFailsForGoodAndGoOnThere() {
        settings.put("listener.attempts", "3");
        AtomicInteger calls = new AtomicInteger();
        EventListener listener = start(listeners().listen("work", (data, event) -> {
            int n = data.get("n").asInt();
            if (n == 1) {
                calls.incrementAndGet();
                throw new IllegalStateException("broken");
            }
            return Map.of("n", n);
        }));
        sendJson("work", 0, 0, 1, 2);

        ListenerProblem problem = listener.halted().join();
        listener.close();
        assertThat(calls).hasValue(3);
        assertThat(listener.isRunning()).isFalse();
        assertThat(problems).containsExactly(problem);
        assertThat(problem.kind()).isEqualTo(Kind.HANDLER_FAILED);
        assertThat(problem.offset()).isEqualTo(1);
        assertThat(problem.message())
                .startsWith("the handler of 'work' failed 3 times for event " + space.name("events.work") + "/0/1."
                        + " The listener stops before it;")
                .endsWith("The last failure: java.lang.IllegalStateException: broken");
        assertThat(results("work", 1)).extracting(r -> json(r).get("n").asInt()).containsExactly(0);

        start(listeners()
                .listen("work", (data, event) -> Map.of("n", data.get("n").asInt())));
        assertThat(results("work", 3)).extracting(r -> json(r).get("n").asInt()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldPublishAnErrorWhereThatIsChosen() {
        settings.put("listener.attempts", "2");
        settings.put("listener.on.exhausted", "publish-error");
        start(listeners().listen("work", (data, event) -> {
            if (data.get("n").asInt() == 0) {
                throw new AssertionError("broken");
            }
            return Map.of();
        }));
        sendJson("work", 0, 0, 1);
        List<ConsumerRecord<byte[], byte[]>> results = results("work", 2);
        assertThat(json(results.get(0)))
                .isEqualTo(
                        tree("{\"status\":\"error\",\"error\":\"java.lang.AssertionError: broken\",\"attempts\":2}"));
        assertThat(headers(results.get(0))).containsEntry("ce_resultstatus", "error");
        assertThat(headers(results.get(1))).containsEntry("ce_resultstatus", "ok");
        assertThat(problems).extracting(ListenerProblem::kind).containsExactly(Kind.HANDLER_FAILED);
    }

    @Test
    void shouldTreatAResultThatCannotBePublishedAsAFailure() {
        settings.put("listener.attempts", "1");
        settings.put("listener.on.exhausted", "skip");
        start(listeners().listen("work", (data, event) -> switch (data.get("n").asInt()) {
            case 0 -> "no json";
            case 1 -> 7;
            case 2 -> Event.of("other", Map.of());
            case 3 -> Map.of("large", "x".repeat(2_000_000));
            default -> Map.of();
        }));
        sendJson("work", 0, 0, 1, 2, 3, 4);
        results("work", 1);
        assertThat(problems)
                .extracting(p -> String.valueOf(p.cause().getMessage()))
                .satisfiesExactly(
                        m -> assertThat(m)
                                .contains("What the handler of 'work' returned cannot be published. ")
                                .contains("not JSON at line 1"),
                        m -> assertThat(m).contains("A java.lang.Integer is no event"),
                        m -> assertThat(m).contains("its results are of type 'work.result'"),
                        m -> assertThat(m).contains("at most 1048576 are accepted"));
    }

    @Test
    void shouldHaltBeforeAnEventThatCannotBeDecodedUnlessToldToSkip() {
        EventListener listener = start(listeners()
                .listen("work", (data, event) -> Map.of("n", data.get("n").asInt())));
        sendJson("work", 0, 0);
        sendBytes("work", 0, "{\"n\":", "application/json");
        sendBytes("work", 0, "{\"n\":1}", null);
        sendBytes("work", 0, "\u0000\u0000\u0000\u0000cx", null);
        sendBytes("work", 0, null, "application/json");
        sendJson("work", 0, 5);

        assertThat(listener.halted().join().kind()).isEqualTo(Kind.UNUSABLE_EVENT);
        listener.close();
        assertThat(results("work", 1)).hasSize(1);
        assertThat(problems).singleElement().satisfies(p -> {
            assertThat(p.offset()).isEqualTo(1);
            assertThat(p.message())
                    .contains("cannot be handled: it is not JSON at line 1, column")
                    .contains("set listener.on.unusable=skip");
        });

        problems.clear();
        settings.put("listener.on.unusable", "skip");
        start(listeners()
                .listen("work", (data, event) -> Map.of("n", data.get("n").asInt())));
        assertThat(results("work", 2)).extracting(r -> json(r).get("n").asInt()).containsExactly(0, 5);
        assertThat(problems).extracting(ListenerProblem::offset).containsExactly(1L, 2L, 3L, 4L);
        assertThat(problems)
                .extracting(ListenerProblem::message)
                .satisfiesExactly(
                        m -> assertThat(m).contains("not JSON at line 1"),
                        m -> assertThat(m).contains("Was it written as JSON"),
                        m -> assertThat(m).contains("99"),
                        m -> assertThat(m).contains("it has no data (a tombstone)"));
    }

    @Test
    void shouldRefuseAnEventOfAnotherForm() {
        settings.put("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy");
        settings.put("listener.on.unusable", "skip");
        start(listeners().observe("user_register", UserRegister.class, (user, event) -> seen.add(user.getUserId())));
        emit(Event.of("user_register", Map.of("userId", "json")).key("k"));
        emit(Event.of(
                        "user_register",
                        OrderCreated.newBuilder()
                                .setOrderId("o")
                                .setUserId("u")
                                .setCreatedAt(Instant.EPOCH)
                                .setQuantity(1)
                                .setAmount(BigDecimal.ONE.setScale(2))
                                .build())
                .key("k"));
        emit(Event.of(user("avro")).key("k"));
        await().until(() -> seen.size() == 1);
        assertThat(seen).containsExactly("avro");
        assertThat(problems)
                .extracting(ListenerProblem::message)
                .satisfiesExactly(
                        m -> assertThat(m)
                                .contains("it is JSON, and its handler takes io.hookline.events.UserRegister"),
                        m -> assertThat(m).contains("cannot be read as io.hookline.events.UserRegister"));
    }

    @Test
    void shouldNotAnswerResultsOfOthers() {
        settings.put("listener.on.unusable", "skip");
        start(listeners().listen("work", (data, event) -> Map.of()));
        ProducerRecord<byte[], byte[]> disguised = json("work", 0, "{}");
        disguised.headers().add("ce_type", "other.result".getBytes(UTF_8));
        send(disguised);
        ProducerRecord<byte[], byte[]> endless = json("work", 0, "{}");
        endless.headers().add("ce_chaindepth", "17".getBytes(UTF_8));
        send(endless);
        ProducerRecord<byte[], byte[]> deep = json("work", 0, "{}");
        deep.headers().add("ce_chaindepth", "16".getBytes(UTF_8));
        deep.headers().add("ce_correlationid", "root".getBytes(UTF_8));
        send(deep);
        assertThat(headers(results("work", 1).get(0)))
                .containsEntry("ce_chaindepth", "17")
                .containsEntry("ce_correlationid", "root");
        assertThat(problems)
                .extracting(ListenerProblem::message)
                .satisfiesExactly(
                        m -> assertThat(m).contains("its ce_type is 'other.result': it is a result itself"),
                        m -> assertThat(m).contains("has 17 events, more than 16"));
    }

    @Test
    void shouldLetOtherServicesObserveResults() {
        start(listeners().listen("work", (data, event) -> Map.of("done", true)));
        settings.put("listener.service", "watcher");
        start(listeners().observe("work.result", (data, event) -> seen.add(data)));
        sendJson("work", 0, 1);
        await().until(() -> seen.size() == 1);
        assertThat(seen).containsExactly(tree("{\"done\":true}"));
        assertThat(results("work", 1)).hasSize(1);
    }

    @Test
    void shouldWaitForTheRegistryAndLoseNothing() {
        emit(Event.of(user("u-1")));
        DevRegistry down = registry("other");
        down.close();
        settings.put("schema.registry.url", down.url());
        settings.put("listener.attempts", "1");
        EventListener listener =
                start(listeners().observe("user_register", UserRegister.class, (user, event) -> seen.add(user)));
        await().during(Duration.ofSeconds(1)).until(() -> listener.isRunning() && seen.isEmpty());
        listener.close();
        settings.put("schema.registry.url", registry.url());
        start(listeners().observe("user_register", UserRegister.class, (user, event) -> seen.add(user)));
        await().until(() -> seen.size() == 1);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldRefuseToStartWithoutTopics() {
        settings.put("producer.create.topics", "false");
        assertThatThrownBy(
                        () -> listeners().listen("work", (data, event) -> null).start())
                .isInstanceOf(EmitException.class)
                .hasMessageContaining("hookline topics create --event-type work");
        space.createTopic("events.work", 1);
        assertThatThrownBy(
                        () -> listeners().listen("work", (data, event) -> null).start())
                .isInstanceOf(EmitException.class)
                .hasMessageContaining("hookline topics create --event-type work.result");
    }

    @Test
    void shouldWaitForTheHandlerWhenClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventListener listener = start(listeners().listen("work", (data, event) -> {
            begun.countDown();
            goOn.await();
            return Map.of();
        }));
        sendJson("work", 0, 0, 1);
        begun.await();
        Thread closing = new Thread(listener::close);
        closing.start();
        await().until(() -> !listener.isRunning());
        goOn.countDown();
        closing.join();
        assertThat(results("work", 1)).hasSize(1);
    }

    @Test
    void shouldNotPublishForAHandlerThatWasTakenForDead() throws Exception {
        settings.put("max.poll.interval.ms", "1500");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventListener slow = start(listeners().listen("work", (data, event) -> {
            if (begun.getCount() > 0) {
                begun.countDown();
                goOn.await();
            }
            return Map.of("by", "slow");
        }));
        sendJson("work", 0, 0);
        begun.await();
        start(listeners().listen("work", (data, event) -> Map.of("by", "other")));
        assertThat(json(results("work", 1).get(0))).isEqualTo(tree("{\"by\":\"other\"}"));
        goOn.countDown();
        sendJson("work", 0, 1);
        sendJson("work", 1, 2);
        assertThat(results("work", 3).stream().map(r -> headers(r).get("ce_id")))
                .doesNotHaveDuplicates();
        assertThat(slow.isRunning()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldInterruptAHandlerThatDoesNotEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        EventListener listener = start(listeners().listen("work", (data, event) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Map.of();
        }));
        sendJson("work", 0, 0);
        begun.await();
        listener.close(Duration.ofMillis(50));
        start(listeners().listen("work", (data, event) -> Map.of()));
        assertThat(results("work", 1)).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldNotFailForACallbackThatFails() {
        settings.put("listener.on.unusable", "skip");
        running.add(Listeners.create(settings)
                .listen("work", (data, event) -> Map.of())
                .onProblem(problem -> {
                    throw new IllegalStateException("callback");
                })
                .start());
        sendBytes("work", 0, null, null);
        sendJson("work", 0, 1);
        assertThat(results("work", 1)).hasSize(1);
    }

    private DevRegistry registry(String topic) {
        return DevRegistry.builder(space.bootstrapServers())
                .topic(space.name(topic))
                .start();
    }

    private Listeners listeners() {
        return Listeners.create(settings).onProblem(problems::add);
    }

    private EventListener start(Listeners listeners) {
        EventListener listener = listeners.start();
        running.add(listener);
        return listener;
    }

    private void emit(Event event) {
        Map<String, Object> producerSettings = new HashMap<>(settings);
        producerSettings.keySet().removeIf(key -> key.startsWith("listener."));
        producerSettings.put("event.source", "/services/shop");
        try (EventProducer producer = EventProducer.create(producerSettings)) {
            producer.emit(event);
        }
    }

    private void sendJson(String type, int partition, int... numbers) {
        IntStream.of(numbers).forEach(n -> send(json(type, partition, "{\"n\":" + n + "}")));
    }

    private void sendBytes(String type, int partition, String value, String contentType) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                space.name("events." + type), partition, null, value == null ? null : value.getBytes(UTF_8));
        if (contentType != null) {
            record.headers().add("content-type", contentType.getBytes(UTF_8));
        }
        send(record);
    }

    /** With a key for each partition, so that the results of one partition are in one partition too. */
    private ProducerRecord<byte[], byte[]> json(String type, int partition, String json) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                space.name("events." + type), partition, ("p" + partition).getBytes(UTF_8), json.getBytes(UTF_8));
        record.headers().add("content-type", "application/json".getBytes(UTF_8));
        return record;
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", space.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            await().until(producer.send(record)::isDone);
        }
    }

    /** The results once there are so many, and no more come while the test looks. */
    private List<ConsumerRecord<byte[], byte[]>> results(String type, int count) {
        Log log = new Log(space.bootstrapServers());
        String topic = space.name("events." + type + ".result");
        await().atMost(Duration.ofMinutes(1)).until(() -> log.read(topic).size() >= count);
        List<ConsumerRecord<byte[], byte[]>> records = log.read(topic);
        assertThat(records).hasSize(count);
        return records;
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        return headers;
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        return tree(new String(record.value(), UTF_8));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UserRegister user(String id) {
        return UserRegister.newBuilder()
                .setUserId(id)
                .setRegisteredAt(Instant.EPOCH)
                .setChannel(Channel.WEB)
                .build();
    }
}
