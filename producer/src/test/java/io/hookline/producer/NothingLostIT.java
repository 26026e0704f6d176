package io.hookline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hookline.producer.EmitException.Reason;
import io.hookline.testkit.kafka.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a broker of its own, which is stopped and started while events are emitted. */
@Timeout(180)
class NothingLostIT {
    private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "event.source",
            "/services/shop",
            "metadata.recovery.strategy",
            "none",
            "producer.create.topics.partitions",
            4));

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void shouldHaveAllAfterCloseAtOnce() {
        List<CompletableFuture<EmittedEvent>> futures = new ArrayList<>();
        try (EventProducer producer = EventProducer.create(settings)) {
            IntStream.range(0, 10_000).forEach(n -> futures.add(producer.emit(numbered(n))));
        }
        assertThat(futures).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertAllInOrder(10_000);
    }

    @Test
    void shouldHaveAllOnceThoughTheBrokerRestarts() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        Thread restart = new Thread(() -> {
            try {
                half.await();
            } catch (InterruptedException e) {
                return;
            }
            kafka.stop();
            kafka.start();
        });
        restart.start();
        try (EventProducer producer = EventProducer.create(settings)) {
            for (int n = 0; n < 10_000; n++) {
                producer.emit(numbered(n));
                if (n == 3_000) {
                    half.countDown();
                }
                if (n > 3_000 && n % 100 == 0) {
                    producer.flush();
                }
            }
        }
        restart.join();
        assertAllInOrder(10_000);
    }

    @Test
    void shouldLoseNothingOfManyThreadsThatMeetAClose() throws Exception {
        EventProducer producer = EventProducer.create(settings);
        List<String> accepted = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch busy = new CountDownLatch(400);
        for (int t = 0; t < 4; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                for (int n = 0; ; n++) {
                    String id = thread + "-" + n;
                    try {
                        producer.emit(Event.of("numbered", Map.of()).id(id));
                        accepted.add(id);
                        busy.countDown();
                    } catch (IllegalStateException e) {
                        refused.incrementAndGet();
                        return;
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        busy.await();
        producer.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused).hasValue(4);
        List<String> ids = new ArrayList<>();
        new Log(kafka.bootstrapServers())
                .read("events.numbered")
                .forEach(r -> ids.add(new String(r.headers().lastHeader("ce_id").value(), UTF_8)));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    void shouldSayHowManyWereNotAcknowledgedWhenTheTimeIsOver() {
        EventProducer producer = EventProducer.create(settings);
        producer.emit(numbered(0)).join();
        kafka.stop();
        List<CompletableFuture<EmittedEvent>> futures =
                IntStream.range(1, 8).mapToObj(n -> producer.emit(numbered(n))).toList();

        NotAcknowledgedException failure =
                catchThrowableOfType(NotAcknowledgedException.class, () -> producer.close(Duration.ofMillis(300)));

        assertThat(failure.count()).isEqualTo(7);
        assertThat(failure)
                .hasMessageStartingWith("7 of the events emitted since the last flush were not acknowledged");
        assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void shouldSayThatKafkaDoesNotAcknowledgeInTime() {
        settings.put("delivery.timeout.ms", 1500);
        settings.put("request.timeout.ms", 1000);
        try (EventProducer producer = EventProducer.create(settings)) {
            producer.emit(numbered(0)).join();
            kafka.stop();
            CompletableFuture<EmittedEvent> emitted = producer.emit(numbered(1));
            assertThatThrownBy(producer::flush).isInstanceOf(NotAcknowledgedException.class);
            assertThatThrownBy(emitted::join)
                    .cause()
                    .hasMessageContaining("did not acknowledge event ")
                    .hasMessageContaining("within 1500 ms (delivery.timeout.ms). Emit it again with the same id")
                    .extracting(e -> ((EmitException) e).reason())
                    .isEqualTo(Reason.NOT_ACKNOWLEDGED);
        }
    }

    @Test
    void shouldPushBackWhenTheBufferIsFull() {
        settings.put("buffer.memory", 300_000);
        settings.put("max.block.ms", 500);
        EventProducer producer = EventProducer.create(settings);
        String large = "{\"a\":\"" + "x".repeat(50_000) + "\"}";
        producer.emit("large", large).join();
        kafka.stop();
        EmitException failure = catchThrowableOfType(EmitException.class, () -> {
            for (int n = 0; n < 100; n++) {
                producer.emit(Event.of("large", large).id("n" + n));
            }
        });
        assertThat(failure.reason()).isEqualTo(Reason.BUFFER_FULL);
        assertThat(failure)
                .hasMessageContaining("No room for event n")
                .hasMessageContaining("of type 'large' (50")
                .hasMessageContaining("topic events.large")
                .hasMessageContaining("the buffer of 300000 bytes stayed full for 500 ms");
        assertThatThrownBy(() -> producer.close(Duration.ZERO)).isInstanceOf(NotAcknowledgedException.class);
    }

    @Test
    void shouldSayWithinTheLimitThatKafkaIsDown() {
        kafka.stop();
        settings.put("max.block.ms", 1500);
        try (EventProducer producer = EventProducer.create(settings)) {
            assertThatThrownBy(() -> producer.emit("x", Map.of()))
                    .isInstanceOf(EmitException.class)
                    .hasMessageContaining("events.x")
                    .extracting(e -> ((EmitException) e).reason())
                    .isEqualTo(Reason.KAFKA_UNREACHABLE);
        }
    }

    @Test
    void shouldLetAContinuationEmitFlushAndClose() {
        EventProducer producer = EventProducer.create(settings);
        CompletableFuture<EmittedEvent> third = producer.emit("first", Map.of())
                .thenCompose(first -> producer.emit(Event.of("second", Map.of()).id(first.id())))
                .thenCompose(second -> {
                    producer.flush();
                    return producer.emit(Event.of("third", Map.of()).id(second.id()));
                })
                .whenComplete((emitted, failure) -> producer.close());
        await().until(third::isDone);
        assertThat(third.join().topic()).isEqualTo("events.third");
    }

    @Test
    void shouldHaveCompletedTheFuturesWhenFlushReturns() {
        try (EventProducer producer = EventProducer.create(settings)) {
            List<CompletableFuture<EmittedEvent>> futures = IntStream.range(0, 500)
                    .mapToObj(n -> producer.emit(numbered(n)))
                    .toList();
            producer.flush();
            assertThat(futures).allMatch(CompletableFuture::isDone);
        }
    }

    private static Event numbered(int n) {
        return Event.of("numbered", Map.of("n", n)).key("k" + n % 10).id("n" + n);
    }

    private void assertAllInOrder(int count) {
        Map<String, Integer> last = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : new Log(kafka.bootstrapServers()).read("events.numbered")) {
            String id = new String(record.headers().lastHeader("ce_id").value(), UTF_8);
            int n = Integer.parseInt(id.substring(1));
            String key = new String(record.key(), UTF_8);
            assertThat(last.getOrDefault(key, -1)).isLessThan(n);
            last.put(key, n);
            ids.add(id);
        }
        assertThat(ids).doesNotHaveDuplicates().hasSize(count);
    }
}
