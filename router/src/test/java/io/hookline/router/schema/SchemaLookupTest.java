package io.hookline.router.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.router.route.UnknownSchemaException;
import io.hookline.router.stop.Closing;
import io.hookline.router.stop.ClosingException;
import io.hookline.router.support.InMemoryRegistry;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaLookupTest {
    private static final Schema SCHEMA = SchemaBuilder.record("R").fields().endRecord();

    private final Map<Integer, CompletableFuture<Schema>> asked = new LinkedHashMap<>();
    private final Map<Integer, Schema> cached = new HashMap<>();
    private final Closing closing = new Closing();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client =
            SchemaRegistryClient.create(Map.of(RegistrySettings.URL, registry.url()));
    private long now;
    private final SchemaLookup lookup = new SchemaLookup(
            new SchemaLookup.Source() {
                @Override
                public Optional<Schema> cached(int id) {
                    return Optional.ofNullable(cached.get(id));
                }

                @Override
                public CompletableFuture<Schema> fetch(int id) {
                    CompletableFuture<Schema> answer = new CompletableFuture<>();
                    asked.put(id, answer);
                    return answer;
                }
            },
            () -> now,
            closing);

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private RegistryException refusal() {
        try {
            client.byId(4711);
            throw new AssertionError("4711 is not registered");
        } catch (RegistryException e) {
            return e;
        }
    }

    private void refuse(int id) {
        asked.remove(id).completeExceptionally(refusal());
    }

    @Test
    void shouldAskOnceAndKnowTheAnswer() {
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
        assertThat(lookup.answered(1)).isNotDone();
        asked.get(1).complete(SCHEMA);
        assertThat(lookup.ask(1)).isEqualTo(new SchemaAnswer.Known(SCHEMA));
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldBelieveThatAnIdIsUnknownOnlyWhenToldTwice() {
        lookup.ask(1);
        refuse(1);
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
        now = SchemaLookup.SETTLE_MS - 1;
        lookup.ask(1);
        assertThat(asked).isEmpty();
        now = SchemaLookup.SETTLE_MS;
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
        refuse(1);
        assertThat(lookup.ask(1))
                .isInstanceOfSatisfying(
                        SchemaAnswer.Poison.class,
                        poison -> assertThat(poison.why()).contains("4711"));
        now += SchemaLookup.POISON_MS - 1;
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Poison.class);
        now += 1;
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
        asked.get(1).complete(SCHEMA);
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Known.class);
    }

    @Test
    void shouldNotCountSilenceAsRefusal() {
        lookup.ask(1);
        for (int i = 0; i < 100; i++) {
            asked.remove(1).completeExceptionally(new IllegalStateException("silence"));
            assertThat(lookup.ask(1)).isEqualTo(new SchemaAnswer.Pending("silence"));
            assertThat(asked).isEmpty();
            now += SchemaLookup.RETRY_MS;
            lookup.ask(1);
        }
        refuse(1);
        assertThat(lookup.ask(1)).isInstanceOf(SchemaAnswer.Pending.class);
    }

    @Test
    void shouldKeepTheNumberOfQuestionsUnderWaySmall() {
        for (int id = 0; id < 1_000; id++) {
            lookup.ask(id);
        }
        assertThat(asked).hasSize(SchemaLookup.ASKED_AT_ONCE_MAX);
        List.copyOf(asked.keySet()).forEach(this::refuse);
        for (int id = 0; id < 1_000; id++) {
            lookup.ask(id);
        }
        assertThat(asked).hasSize(SchemaLookup.ASKED_AT_ONCE_MAX);
        for (int id = 0; id < 100_000; id++) {
            lookup.ask(id);
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(2 * SchemaLookup.ASKED_AT_ONCE_MAX);
    }

    @Test
    void shouldWaitUntilItKnowsOrTheRouterCloses() throws Exception {
        cached.put(1, SCHEMA);
        assertThat(lookup.require(1)).isSameAs(SCHEMA);
        CompletableFuture<Schema> waits = CompletableFuture.supplyAsync(() -> {
            try {
                return lookup.require(2);
            } catch (UnknownSchemaException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> waits.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        closing.tell();
        assertThatThrownBy(() -> waits.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ClosingException.class);
    }

    @Test
    void shouldHoldAPartitionAtTheFirstEventWhoseSchemaIsNotKnown() {
        cached.put(1, SCHEMA);
        TopicPartition held = new TopicPartition("t", 0);
        TopicPartition free = new TopicPartition("t", 1);
        TopicPartition first = new TopicPartition("t", 2);
        ConsumerRecords<byte[], byte[]> polled = records(Map.of(
                held, List.of(record(held, 5, avro(1)), record(held, 6, avro(2)), record(held, 7, avro(3))),
                free, List.of(record(free, 1, null), record(free, 2, new byte[0]), record(free, 3, new byte[] {0, 1})),
                first, List.of(record(first, 9, avro(2)))));
        Gate gate = new Gate(lookup);
        Gate.Admitted admitted = gate.admit(polled);

        assertThat(admitted.held().keySet()).containsExactlyInAnyOrder(held, first);
        assertThat(admitted.held().get(held).position().offset()).isEqualTo(6);
        assertThat(admitted.records().records(held))
                .extracting(ConsumerRecord::offset)
                .containsExactly(5L);
        assertThat(admitted.records().records(free)).hasSize(3);
        assertThat(admitted.records().records(first)).isEmpty();
        assertThat(admitted.records().nextOffsets().get(held).offset()).isEqualTo(6);
        assertThat(admitted.records().nextOffsets().get(free).offset()).isEqualTo(4);
        assertThat(admitted.records().nextOffsets()).doesNotContainKey(first);
        assertThat(asked.keySet()).containsExactlyInAnyOrder(2, 3);
        assertThat(gate.isReady(admitted.held().get(first))).isFalse();
        asked.get(2).complete(SCHEMA);
        cached.put(2, SCHEMA);
        assertThat(gate.isReady(admitted.held().get(first))).isTrue();
    }

    @Test
    void shouldHandRecordsOnUntouchedWhenAllIsKnown() {
        cached.put(1, SCHEMA);
        TopicPartition partition = new TopicPartition("t", 0);
        ConsumerRecords<byte[], byte[]> polled =
                records(Map.of(partition, List.of(record(partition, 1, avro(1)), record(partition, 2, avro(1)))));
        assertThat(new Gate(lookup).admit(polled).records()).isSameAs(polled);
    }

    private static byte[] avro(int id) {
        return new byte[] {0, 0, 0, 0, (byte) id, 42};
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, byte[] value) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value);
    }

    private static ConsumerRecords<byte[], byte[]> records(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        records.forEach((partition, some) -> next.put(
                partition, new OffsetAndMetadata(some.get(some.size() - 1).offset() + 1)));
        return new ConsumerRecords<>(records, next);
    }
}
