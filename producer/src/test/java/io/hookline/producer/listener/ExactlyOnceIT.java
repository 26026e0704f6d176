package io.hookline.producer.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.producer.Log;
import io.hookline.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One result for each event, in the order of its key, whatever is restarted meanwhile. On a broker of its own. */
@Timeout(300)
class ExactlyOnceIT {
    private static final int EVENTS = 600;
    private static final int KEYS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "listener.service", "worker",
            "listener.backoff.ms", "10",
            "listener.backoff.max.ms", "500",
            "session.timeout.ms", "6000",
            "max.poll.records", "7",
            "producer.create.topics.partitions", 4));
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final List<EventListener> running = new ArrayList<>();
    private final List<ListenerProblem> problems = new ArrayList<>();

    @BeforeEach
    void emit() {
        Map<String, Object> shop = new HashMap<>(settings);
        shop.keySet().removeIf(key -> key.startsWith("listener."));
        shop.put("event.source", "/services/shop");
        try (EventProducer producer = EventProducer.create(shop)) {
            IntStream.range(0, EVENTS)
                    .forEach(n -> producer.emit(
                            Event.of("work", Map.of("n", n)).key("k" + n % KEYS).id("e" + n)));
        }
    }

    @AfterEach
    void stop() {
        running.forEach(EventListener::close);
        kafka.close();
    }

    @Test
    void shouldPublishOneResultForEachEventThoughInstancesComeAndGo() {
        settings.put("listener.threads", "2");
        EventListener first = start();
        awaitHandled(EVENTS / 6);
        EventListener second = start();
        awaitHandled(EVENTS / 3);
        first.close(Duration.ZERO);
        awaitHandled(EVENTS / 2);
        start();
        awaitHandled(EVENTS * 2 / 3);
        second.close();
        assertOneResultEach();
    }

    @Test
    void shouldPublishOneResultForEachEventThoughTheBrokerRestarts() {
        start();
        for (int part = 1; part <= 2; part++) {
            awaitHandled(EVENTS * part / 4);
            kafka.stop();
            kafka.start();
        }
        assertOneResultEach();
    }

    private EventListener start() {
        EventListener listener = Listeners.create(settings)
                .listen("work", (data, event) -> {
                    handled.add(event.id());
                    if (calls.incrementAndGet() % 50 == 0) {
                        throw new IOException("every fiftieth call fails");
                    }
                    return Map.of("n", data.get("n").asInt());
                })
                .onProblem(problems::add)
                .start();
        running.add(listener);
        return listener;
    }

    private void awaitHandled(int count) {
        await().atMost(Duration.ofMinutes(2)).until(() -> handled.size() >= count);
    }

    private void assertOneResultEach() {
        Log log = new Log(kafka.bootstrapServers());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> log.read("events.work.result").size() >= EVENTS);
        assertThat(running).noneMatch(listener -> listener.halted().isDone());
        running.forEach(EventListener::close);
        List<ConsumerRecord<byte[], byte[]>> results = log.read("events.work.result");
        assertThat(results)
                .extracting(r -> header(r, "ce_causationid"))
                .doesNotHaveDuplicates()
                .hasSize(EVENTS);
        assertThat(results).extracting(r -> header(r, "ce_id")).doesNotHaveDuplicates();
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> result : results) {
            int n = number(result);
            assertThat(n).isGreaterThan(last.getOrDefault(new String(result.key(), UTF_8), -1));
            last.put(new String(result.key(), UTF_8), n);
        }
        assertThat(last).hasSize(KEYS);
        assertThat(problems).isEmpty();
    }

    private static int number(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value()).get("n").asInt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
