package io.hookline.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.events.Channel;
import io.hookline.events.UserRegister;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadReplay;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.RouterWatch;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a platform service's event to a partner's endpoint, everything real; each test has event types and subscriptions of its own. */
class PipelineIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static ScriptedReceiver receiver;
    private static EmbeddedStack stack;
    private static KafkaConnection kafka;
    private static EventProducer events;

    @BeforeAll
    static void start() {
        receiver = ScriptedReceiver.start();
        stack = EmbeddedStack.start(new EmbeddedStack.Options(null, 0, 0, 4), Map.of(), part -> {});
        kafka = KafkaConnection.open(stack.connection());
        Map<String, String> settings = new HashMap<>(stack.connection());
        settings.put("event.source", "/test");
        events = EventProducer.create(settings);
    }

    @AfterAll
    static void stop() {
        events.close();
        kafka.close();
        stack.close();
        receiver.close();
    }

    @Test
    void shouldTurnATypedEventIntoASignedPost() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/typed", Scripts.ok());
        apply("typed", endpoint, "eventTypes: [user_register]");

        events.emit(Event.of(new UserRegister("u-1", Instant.parse("2026-11-24T08:30:00Z"), null, Channel.WEB))
                        .time(Instant.parse("2026-11-24T08:30:00Z"))
                        .tenant("t"))
                .get();

        ReceivedRequest request = endpoint.awaitCount(1, SOON).get(0);
        assertThat(request.bodyText())
                .isEqualTo(
                        "{\"type\":\"user_register\",\"timestamp\":\"2026-11-24T08:30:00Z\",\"data\":{\"userId\":\"u-1\","
                                + "\"registeredAt\":\"2026-11-24T08:30:00Z\",\"email\":null,\"channel\":\"WEB\"}}");
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        new Webhook(SECRET).verify(request.bodyText(), HttpHeaders.of(headers, (name, value) -> true));
    }

    @Test
    void shouldDeliverAnEventTypeThatWasUnknownWhenItStarted() {
        ScriptedEndpoint endpoint = receiver.endpoint("/new", Scripts.ok());
        apply("new", endpoint, "eventTypes: ['brand.*']");

        emit("brand.new", "{\"n\":1}");

        assertThat(endpoint.awaitCount(1, SOON).get(0).bodyText()).contains("\"type\":\"brand.new\"");
    }

    @Test
    void shouldFollowASubscriptionThroughItsLife() {
        ScriptedEndpoint first = receiver.endpoint("/life-1", Scripts.ok());
        ScriptedEndpoint second = receiver.endpoint("/life-2", Scripts.ok());
        emit("life", "{\"n\":0}");
        apply("life", first, "eventTypes: [life]", "filter: {data: {n: [{numeric: ['>', 0]}]}}");
        emit("life", "{\"n\":1}");
        first.awaitCount(1, SOON);

        apply("life", second, "eventTypes: [life]", "filter: {data: {n: [{numeric: ['>', 1]}]}}");
        emit("life", "{\"n\":1}");
        emit("life", "{\"n\":2}");
        second.awaitCount(1, SOON);

        change(service -> service.pause(List.of("life")));
        long held = stack.deliverer().stats().parked().sum();
        emit("life", "{\"n\":3}");
        await().atMost(SOON).until(() -> stack.deliverer().stats().parked().sum() > held);
        assertThat(second.count()).isEqualTo(1);
        change(service -> service.resume(List.of("life")));
        second.awaitCount(2, SOON);

        change(service -> service.delete(List.of("life")));
        emit("life", "{\"n\":4}");
        apply("after", second, "eventTypes: [life]");
        emit("life", "{\"n\":5}");
        second.awaitCount(3, SOON);

        assertThat(bodies(first)).containsExactly("{\"n\":1}");
        assertThat(bodies(second)).containsExactly("{\"n\":2}", "{\"n\":3}", "{\"n\":5}");
    }

    @Test
    void shouldKeepAnEventThatIsNoneAndGoOn() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/garbage", Scripts.ok());
        apply("garbage", endpoint, "eventTypes: [garbage]");
        emit("garbage", "{\"n\":1}");
        endpoint.awaitCount(1, SOON);
        try (KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(kafka.names().events("garbage"), "no event".getBytes(UTF_8)))
                    .get();
        }
        emit("garbage", "{\"n\":2}");

        endpoint.awaitCount(2, SOON);

        assertThat(bodies(endpoint)).containsExactly("{\"n\":1}", "{\"n\":2}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pipelineDead())
                        .filteredOn(dead -> dead.getTopic().endsWith("garbage"))
                        .extracting(PipelineDead::getFault)
                        .containsExactly(PipelineFault.UNDECODABLE));
    }

    @Test
    void shouldReplayWhatDiedOnceItsEndpointIsRepaired() {
        ScriptedEndpoint endpoint = receiver.endpoint("/dies", Scripts.status(500));
        apply("dies", endpoint, "eventTypes: [dies]", "retrySchedule: 1s", "breaker: false");
        IntStream.range(0, 20).forEach(n -> emit("dies", "{\"n\":" + n + "}"));
        await().atMost(SOON).until(() -> replayable("dies") == 20);

        endpoint.script(Scripts.ok());
        assertThat(new DeadReplay(kafka)
                        .run(DeadLetterQuery.of("dies"), false, count -> {})
                        .replayed())
                .isEqualTo(20);
        assertThat(new DeadReplay(kafka)
                        .run(DeadLetterQuery.of("dies"), false, count -> {})
                        .replayed())
                .isZero();

        endpoint.awaitCount(60, SOON);
        await().atMost(SOON).until(() -> endpoint.answeredWith(200) == 20);
        assertThat(endpoint.distinctIds()).isEqualTo(20);
        assertThat(endpoint.requests().get(59).header("webhook-replay")).isPresent();
    }

    /** What the deliverer records and what the commands read are the same. */
    @Test
    void shouldShowAnEndpointThatIsGoneAsDisabledAndSendAgainOnceItIsResumed() {
        ScriptedEndpoint endpoint = receiver.endpoint("/gone", Scripts.status(410));
        apply("gone", endpoint, "eventTypes: [gone]");
        emit("gone", "{\"n\":1}");
        endpoint.awaitCount(1, SOON);
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            await().atMost(SOON).until(() -> service.get("gone").orElseThrow().disabled() != null);
            assertThat(service.get("gone").orElseThrow().disabled().reason()).isEqualTo("gone");
        }

        endpoint.script(Scripts.ok());
        change(service -> service.resume(List.of("gone")));
        emit("gone", "{\"n\":2}");

        await().atMost(SOON).until(() -> bodies(endpoint).contains("{\"n\":2}"));
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            assertThat(service.get("gone").orElseThrow().disabled()).isNull();
        }
    }

    @Test
    void shouldKeepTenantsApart() {
        ScriptedEndpoint theirs = receiver.endpoint("/tenant-u", Scripts.ok());
        ScriptedEndpoint all = receiver.endpoint("/tenant-all", Scripts.ok());
        applyDocument("id: tenant-u\ntenant: u\n", theirs, "eventTypes: [tenants]");
        applyDocument("id: tenant-all\nplatformWide: true\n", all, "eventTypes: [tenants]");

        emit("tenants", "{\"n\":1}");
        events.emit(Event.of("tenants", "{\"n\":2}").tenant("u")).join();
        events.emit(Event.of("tenants", "{\"n\":3}")).join();

        all.awaitCount(3, SOON);
        theirs.awaitCount(1, SOON);
        assertThat(bodies(theirs)).containsExactly("{\"n\":2}");
    }

    private static long replayable(String subscription) {
        return new DeadReplay(kafka)
                .run(DeadLetterQuery.of(subscription), true, count -> {})
                .replayed();
    }

    private static void emit(String type, String json) {
        events.emit(Event.of(type, json).tenant("t")).join();
    }

    private static void apply(String id, ScriptedEndpoint endpoint, String... lines) {
        applyDocument("id: " + id + "\ntenant: t\n", endpoint, lines);
    }

    private static void applyDocument(String head, ScriptedEndpoint endpoint, String... lines) {
        String text = head + "url: " + endpoint.url() + "\nsigning: " + SECRET + "\n" + String.join("\n", lines);
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("test", text);
        assertThat(parsed.problems()).isEmpty();
        change(service -> service.apply(parsed.documents()));
    }

    private static void change(java.util.function.Function<SubscriptionService, List<Outcome>> action) {
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            Map<Integer, Long> written = new HashMap<>();
            action.apply(service).forEach(outcome -> written.merge(outcome.partition(), outcome.offset(), Math::max));
            assertThat(new RouterWatch(kafka).await(written, SOON)).isInstanceOf(RouterWatch.Result.Applied.class);
        }
    }

    /** The events' data, in the order received. */
    private static List<String> bodies(ScriptedEndpoint endpoint) {
        return endpoint.requests().stream()
                .map(ReceivedRequest::bodyText)
                .map(body -> body.substring(body.indexOf("\"data\":") + 7, body.length() - 1))
                .toList();
    }

    private static List<PipelineDead> pipelineDead() {
        RecordCodec<PipelineDead> codec = RecordCodec.of(PipelineDead.class, kafka.registry());
        List<PipelineDead> dead = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            TopicPartition partition = new TopicPartition(kafka.names().pipelineDead(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> dead.add(codec.decodeBlocking(record.value())));
            }
        }
        return dead;
    }
}
