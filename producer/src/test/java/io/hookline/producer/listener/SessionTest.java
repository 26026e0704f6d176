package io.hookline.producer.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns of a session, on Kafka's own consumer for tests and a clock that only handlers move. */
class SessionTest {
    private static final TopicPartition P0 = new TopicPartition("events.work", 0);
    private static final TopicPartition P1 = new TopicPartition("events.work", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> seen = new ArrayList<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private Duration handlerTakes = Duration.ZERO;
    private Instant now = Instant.EPOCH;
    private boolean stopping;
    private Session session;

    @BeforeEach
    void open() {
        ListenerSettings settings = ListenerSettings.of(Map.of(
                "bootstrap.servers", "kafka:9092",
                "listener.service", "worker",
                "listener.attempts", "3",
                "listener.backoff.ms", "1000"));
        Registration<JsonNode> work = new Registration<>(
                "work",
                JsonNode.class,
                (data, event) -> {
                    String name = data.get("n").asText();
                    now = now.plus(handlerTakes);
                    seen.add(name);
                    if (failing.merge(name, -1, Integer::sum) >= 0) {
                        throw new IOException("not yet");
                    }
                    return null;
                },
                false);
        Processor processor = new Processor(
                settings, Map.of("events.work", work), new EventDecoder(Optional.empty()), new Reporter(problem -> {}));
        session = new Session(consumer, null, processor, () -> now, () -> stopping);
        session.subscribe(List.of("events.work"));
        consumer.rebalance(List.of(P0, P1));
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    }

    @Test
    void shouldCommitWhatIsHandled() throws Exception {
        add(P0, "a", "b");
        add(P1, "x");
        assertThat(session.turn()).isTrue();
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "x");
        assertThat(committed(P0)).isEqualTo(2);
        assertThat(committed(P1)).isEqualTo(1);
        assertThat(session.turn()).isFalse();
    }

    @Test
    void shouldGiveEachPartitionItsTurnThoughHandlersAreSlow() throws Exception {
        handlerTakes = Duration.ofMinutes(1);
        add(P0, "a", "b", "c");
        add(P1, "x", "y", "z");
        for (int i = 0; i < 4; i++) {
            session.turn();
        }
        assertThat(seen).containsExactly("a", "x", "b", "y");
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
    }

    @Test
    void shouldLetOthersGoOnWhileOneWaitsAndKeepItsOrder() throws Exception {
        failing.put("a", 2);
        add(P0, "a", "b");
        add(P1, "x");
        session.turn();
        assertThat(seen).containsExactlyInAnyOrder("a", "x");
        assertThat(consumer.committed(Set.of(P0)).get(P0)).isNull();
        assertThat(consumer.position(P0)).isEqualTo(1);

        now = now.plusMillis(999);
        session.turn();
        assertThat(seen).hasSize(2);
        assertThat(consumer.paused()).containsExactly(P0);

        now = now.plusMillis(1);
        session.turn();
        now = now.plusMillis(2000);
        session.turn();
        assertThat(seen.subList(2, 4)).containsExactly("a", "a");
        assertThat(committed(P0)).isEqualTo(1);
        consumer.addRecord(record(P0, 1, "b"));
        session.turn();
        assertThat(seen).endsWith("b");
        assertThat(committed(P0)).isEqualTo(2);
    }

    @Test
    void shouldCommitWhatWasHandledBeforeItHalts() {
        failing.put("b", 10);
        add(P0, "a", "b");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        session.turn();
                        now = now.plusSeconds(60);
                    }
                })
                .isInstanceOf(HaltedException.class)
                .hasMessageContaining("failed 3 times for event events.work/0/1");
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(seen).containsExactly("a", "b", "b", "b");
    }

    @Test
    void shouldForgetWhatItHeldOfAPartitionThatIsTakenAway() throws Exception {
        failing.put("a", 1);
        add(P0, "a");
        session.turn();
        consumer.rebalance(List.of(P1));
        now = now.plusSeconds(60);
        session.turn();
        assertThat(seen).containsExactly("a");
    }

    @Test
    void shouldTakeNoMoreWhileItHoldsMuch() throws Exception {
        handlerTakes = Duration.ofMinutes(1);
        String large = "x".repeat(12 * 1024 * 1024);
        add(P0, large, large, large, large);
        session.turn();
        add(P1, "small");
        session.turn();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
        assertThat(seen).hasSize(2).doesNotContain("small");
        session.turn();
        session.turn();
        assertThat(seen).contains("small");
    }

    @Test
    void shouldEndTheTurnWhenToldToStop() throws Exception {
        add(P0, "a", "b");
        stopping = true;
        assertThat(session.turn()).isFalse();
        assertThat(seen).isEmpty();
    }

    private long committed(TopicPartition partition) {
        return consumer.committed(Set.of(partition)).get(partition).offset();
    }

    private void add(TopicPartition partition, String... names) {
        for (int i = 0; i < names.length; i++) {
            consumer.addRecord(record(partition, i, names[i]));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String name) {
        byte[] value = ("{\"n\":\"" + name + "\"}").getBytes(UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "application/json".getBytes(UTF_8));
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0L,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                headers,
                Optional.empty());
    }
}
