package io.hookline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.producer.EmitException.Reason;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class TransactionIT {
    private final Map<String, Object> settings = new HashMap<>();
    private KafkaSpace space;

    @BeforeEach
    void settings(KafkaSpace given) {
        space = given;
        settings.put("bootstrap.servers", space.bootstrapServers());
        settings.put("topics.prefix", space.prefix());
        settings.put("event.source", "/services/shop");
        settings.put("producer.create.topics.partitions", 1);
        settings.put("transactional.id", space.name("shop-1"));
    }

    @Test
    void shouldEmitAllOrNothing() {
        try (EventProducer producer = EventProducer.create(settings)) {
            List<EmittedEvent> emitted = producer.inTransaction(tx -> {
                tx.emit(Event.of("a", Map.of()).id("1"));
                tx.emit(Event.of("b", Map.of()).id("2"));
            });
            assertThat(emitted).extracting(EmittedEvent::id).containsExactly("1", "2");

            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.emit(Event.of("a", Map.of()).id("3"));
                        throw new IOException("no");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no");

            producer.inTransaction(tx -> tx.emit(Event.of("a", Map.of()).id("4")));
        }
        assertThat(ids("a")).containsExactly("1", "4");
        assertThat(ids("b")).containsExactly("2");
    }

    @Test
    void shouldAbortWhenAnEventIsRefusedAndGoOnWhereThatIsCaught() {
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.emit(Event.of("a", Map.of()).id("1"));
                        tx.emit("a", "no json");
                    }))
                    .isInstanceOf(InvalidEventException.class);
            producer.inTransaction(tx -> {
                tx.emit(Event.of("a", Map.of()).id("2"));
                assertThatThrownBy(() -> tx.emit("a", "no json")).isInstanceOf(InvalidEventException.class);
            });
        }
        assertThat(ids("a")).containsExactly("2");
    }

    @Test
    void shouldAbortWhenTheBrokerRefusesAnEvent() {
        space.createTopic("events.small", 1, Map.of("max.message.bytes", "1000"));
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.emit("a", Map.of());
                        tx.emit("small", Map.of("a", "x".repeat(5000)));
                    }))
                    .isInstanceOf(EmitException.class)
                    .hasMessageContaining("was aborted, nothing of it is visible")
                    .extracting(e -> ((EmitException) e).reason())
                    .isEqualTo(Reason.TRANSACTION_ABORTED);
            producer.inTransaction(tx -> tx.emit(Event.of("a", Map.of()).id("1")));
        }
        assertThat(ids("a")).containsExactly("1");
        assertThat(ids("small")).isEmpty();
    }

    @Test
    void shouldShutOutTheOlderProducerOfTheSameId() {
        EventProducer older = EventProducer.create(settings);
        older.inTransaction(tx -> tx.emit(Event.of("a", Map.of()).id("1")));
        try (EventProducer newer = EventProducer.create(settings)) {
            for (int tries = 0; tries < 2; tries++) {
                assertThatThrownBy(() -> older.inTransaction(
                                tx -> tx.emit(Event.of("a", Map.of()).id("2"))))
                        .isInstanceOf(EmitException.class)
                        .hasMessageContaining("another one has taken over its id")
                        .extracting(e -> ((EmitException) e).reason())
                        .isEqualTo(Reason.PRODUCER_UNUSABLE);
            }
            newer.inTransaction(tx -> tx.emit(Event.of("a", Map.of()).id("3")));
        }
        older.close();
        assertThat(ids("a")).containsExactly("1", "3");
    }

    @Test
    void shouldCommitOffsetsTogetherWithEvents() throws Exception {
        settings.remove("transactional.id");
        try (EventProducer producer = EventProducer.create(settings)) {
            producer.emit("in", Map.of());
        }
        settings.put("transactional.id", space.name("shop-1"));
        TopicPartition partition = new TopicPartition(space.name("events.in"), 0);
        try (EventProducer producer = EventProducer.create(settings);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", space.bootstrapServers(),
                                "group.id", space.name("g"),
                                "enable.auto.commit", "false"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(partition.topic()));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
            }
            producer.inTransaction(tx -> {
                tx.emit("out", Map.of());
                tx.commitOffsets(Map.of(partition, new OffsetAndMetadata(1)), consumer.groupMetadata());
            });
            try (Admin admin = space.admin()) {
                assertThat(admin.listConsumerGroupOffsets(
                                        space.name("g"), new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata()
                                .get())
                        .containsExactly(Map.entry(partition, new OffsetAndMetadata(1)));
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoTransaction() {
        List<Transaction> kept = new ArrayList<>();
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.emit("a", Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("emit within inTransaction");
            producer.inTransaction(kept::add);
            assertThatThrownBy(() -> kept.get(0).emit("a", Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("This transaction has ended");
            assertThatThrownBy(() -> producer.inTransaction(tx -> producer.inTransaction(kept::add)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transactions do not nest");
            producer.inTransaction(tx -> tx.emit(Event.of("a", Map.of()).id("1")));
        }
        settings.remove("transactional.id");
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.inTransaction(kept::add))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("set transactional.id");
        }
        assertThat(ids("a")).containsExactly("1");
    }

    private List<String> ids(String type) {
        return new Log(space.bootstrapServers())
                .read(space.name("events." + type)).stream()
                        .map(r -> new String(r.headers().lastHeader("ce_id").value(), UTF_8))
                        .toList();
    }
}
