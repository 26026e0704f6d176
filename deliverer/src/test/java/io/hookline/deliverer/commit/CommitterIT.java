package io.hookline.deliverer.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is reported is what can be read: all of a committed batch, nothing of an aborted or refused one, all or nothing of one in doubt. */
@ExtendWith(KafkaExtension.class)
@Timeout(180)
class CommitterIT {
    private CommitStage stage;
    private String topic;

    @BeforeEach
    void prepare(KafkaSpace space) {
        stage = new CommitStage(space.bootstrapServers(), space.prefix());
        topic = stage.topic("outcomes");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private Batch batch(String... values) {
        List<Output> outputs = new ArrayList<>();
        for (String value : values) {
            outputs.add(stage.output(topic, value));
        }
        return stage.batch(outputs);
    }

    private List<String> committed() {
        return stage.committed(topic);
    }

    /** Joins alone and polls until it has its generation. */
    private static ConsumerGroupMetadata joined(Consumer<byte[], byte[]> member, String topic) {
        member.subscribe(List.of(topic));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            member.poll(Duration.ofMillis(50));
            return !member.assignment().isEmpty();
        });
        return member.groupMetadata();
    }

    @Test
    void shouldWriteOutcomesStateAndOffsetsTogether() throws Exception {
        String stateTopic = stage.topic("state", Map.of("cleanup.policy", "compact"));
        TopicPartition source = new TopicPartition(stage.topic("source"), 0);
        stage.start();
        try (Consumer<byte[], byte[]> member = stage.member("group")) {
            ConsumerGroupMetadata group = joined(member, source.topic());
            for (int i = 0; i < 20; i++) {
                Batch batch = new Batch(
                        List.of(stage.output(topic, "a" + i), stage.output(topic, "b" + i)),
                        List.of(stage.output(stateTopic, "s" + i)),
                        Map.of(source, new OffsetAndMetadata(i)),
                        group);
                assertThat(stage.commit(batch)).isInstanceOf(CommitResult.Committed.class);
            }
        }
        List<String> outcomes = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.addAll(List.of("a" + i, "b" + i));
            states.add("s" + i);
        }
        assertThat(committed()).containsExactlyElementsOf(outcomes);
        assertThat(stage.committed(stateTopic)).containsExactlyElementsOf(states);
        assertThat(stage.groupOffset("group", source).offset()).isEqualTo(19);
    }

    @Test
    void shouldWriteNothingForAMemberWhoseGenerationIsOver() throws Exception {
        TopicPartition source = new TopicPartition(stage.topic("source"), 0);
        stage.start();
        try (Consumer<byte[], byte[]> first = stage.member("group");
                Consumer<byte[], byte[]> second = stage.member("group")) {
            ConsumerGroupMetadata old = joined(first, source.topic());
            second.subscribe(List.of(source.topic()));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                first.poll(Duration.ofMillis(20));
                second.poll(Duration.ofMillis(20));
                return first.groupMetadata().generationId() > old.generationId();
            });
            Batch batch =
                    CommitStage.batch(List.of(stage.output(topic, "x")), Map.of(source, new OffsetAndMetadata(7)), old);
            assertThat(stage.commit(batch)).isInstanceOf(CommitResult.Aborted.class);
            assertThat(committed()).isEmpty();
            assertThat(stage.groupOffset("group", source)).isNull();

            Batch again = CommitStage.batch(batch.outputs(), batch.offsets(), first.groupMetadata());
            assertThat(stage.commit(again)).isInstanceOf(CommitResult.Committed.class);
            assertThat(committed()).containsExactly("x");
            assertThat(stage.groupOffset("group", source).offset()).isEqualTo(7);
        }
    }

    @Test
    void shouldWriteNothingForAMemberThatLeft() {
        TopicPartition source = new TopicPartition(stage.topic("source"), 0);
        stage.start();
        ConsumerGroupMetadata gone;
        try (Consumer<byte[], byte[]> member = stage.member("group")) {
            gone = joined(member, source.topic());
        }
        Batch batch =
                CommitStage.batch(List.of(stage.output(topic, "x")), Map.of(source, new OffsetAndMetadata(7)), gone);
        assertThat(stage.commit(batch)).isInstanceOf(CommitResult.Aborted.class);
        assertThat(stage.commit(batch("y"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("y");
    }

    private void shouldRefuse(Output wrong, Class<? extends Exception> why) {
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outputs.add(stage.output(topic, "n" + i));
            outputs.add(new Output(
                    stage, new ProducerRecord<>(wrong.record().topic(), 0, ("k" + i).getBytes(UTF_8), new byte[10])));
            if (i == 100) {
                outputs.add(wrong);
            }
        }
        assertThat(stage.commit(stage.batch(outputs))).isInstanceOfSatisfying(CommitResult.Refused.class, refused -> {
            assertThat(refused.output()).isSameAs(wrong);
            assertThat(refused.cause()).isInstanceOf(why);
        });
        assertThat(committed()).isEmpty();

        outputs.remove(wrong);
        assertThat(stage.commit(stage.batch(outputs))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).hasSize(200);
        assertThat(stage.committed(wrong.record().topic()))
                .hasSize(wrong.record().topic().equals(topic) ? 400 : 200);
    }

    @Test
    void shouldRefuseWhatIsLargerThanTheProducerSends() {
        stage.start();
        shouldRefuse(stage.output(stage.topic("other"), "x".repeat(100_001)), RecordTooLargeException.class);
    }

    @Test
    void shouldRefuseWhatIsLargerThanTheTopicTakes() {
        stage.start();
        String small = stage.topic("small", Map.of("max.message.bytes", "2000"));
        shouldRefuse(stage.output(small, "x".repeat(5_000)), RecordTooLargeException.class);
    }

    /** Those that share a request with it fail as well, and may be told first: they are not to blame. */
    @Test
    void shouldRefuseTheOneRecordThatIsInvalid() {
        stage.start();
        String compacted = stage.topic("compacted", Map.of("cleanup.policy", "compact"));
        shouldRefuse(
                new Output(stage, new ProducerRecord<>(compacted, 0, null, new byte[10])),
                InvalidRecordException.class);
    }

    /** A clock that is off is no fault of the records: replaced by a notice they would be lost, and it will be right again. */
    @Test
    void shouldNotBlameARecordForAClock() {
        stage.start();
        String strict = stage.topic("strict", Map.of("message.timestamp.after.max.ms", "60000"));
        long future = System.currentTimeMillis() + TimeUnit.HOURS.toMillis(2);
        Output skewed = new Output(stage, new ProducerRecord<>(strict, 0, future, new byte[1], "x".getBytes(UTF_8)));
        assertThat(stage.commit(stage.batch(skewed)))
                .isInstanceOfSatisfying(
                        CommitResult.Aborted.class,
                        aborted -> assertThat(aborted.cause()).isInstanceOf(InvalidTimestampException.class));
        assertThat(stage.commit(stage.batch(stage.output(strict, "later")))).isInstanceOf(CommitResult.Committed.class);
        assertThat(stage.committed(strict)).containsExactly("later");
    }

    private void fence() {
        try (Producer<byte[], byte[]> usurper = stage.producers().get()) {
            usurper.initTransactions();
        }
    }

    @Test
    void shouldComeBackAfterAnotherTookItsTransactionalId() {
        stage.start();
        assertThat(stage.commit(batch("before"))).isInstanceOf(CommitResult.Committed.class);
        fence();
        CommitResult fenced = stage.commit(batch("fenced"));
        assertThat(fenced).isInstanceOf(CommitResult.Aborted.class);
        assertThat(stage.commit(batch("after"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("before", "after");
    }

    @Test
    void shouldNotClaimToKnowWhenItIsFencedAtTheLastMoment() {
        AtomicBoolean isArmed = new AtomicBoolean(true);
        stage.start(() -> CommitStage.intercepted(stage.producers().get(), method -> {
            if (method.equals("commitTransaction") && isArmed.getAndSet(false)) {
                fence();
            }
        }));
        assertThat(stage.commit(batch("fenced"))).isInstanceOf(CommitResult.InDoubt.class);
        assertThat(stage.commit(batch("after"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("after");
    }

    @Test
    void shouldNotClaimToKnowWhatFailedAfterItWasWritten() {
        AtomicBoolean isArmed = new AtomicBoolean(true);
        stage.start(() -> {
            Producer<byte[], byte[]> real = stage.producers().get();
            return CommitStage.intercepted(real, method -> {
                if (method.equals("commitTransaction") && isArmed.getAndSet(false)) {
                    real.commitTransaction();
                    throw new KafkaException("the answer was lost");
                }
            });
        });
        assertThat(stage.commit(batch("written"))).isInstanceOf(CommitResult.InDoubt.class);
        assertThat(stage.commit(batch("after"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("written", "after");
    }

    @Test
    void shouldAskAgainWhenACommitTimesOut() {
        AtomicInteger timeouts = new AtomicInteger(3);
        stage.start(() -> CommitStage.intercepted(stage.producers().get(), method -> {
            if (method.equals("commitTransaction") && timeouts.getAndDecrement() > 0) {
                throw new TimeoutException("no answer yet");
            }
        }));
        assertThat(stage.commit(batch("x"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(timeouts.get()).isNegative();
        assertThat(committed()).containsExactly("x");
    }

    /** The loop can do nothing until it is told: whatever goes wrong, it is told, once. */
    @Test
    void shouldReportWhateverGoesWrong() {
        AtomicInteger failures = new AtomicInteger();
        stage.start(() -> CommitStage.intercepted(stage.producers().get(), method -> {
            if (method.equals("flush") && failures.incrementAndGet() == 1) {
                throw new NullPointerException("a fault of the library");
            } else if (method.equals("flush") && failures.get() == 2) {
                throw new StackOverflowError("worse");
            } else if (method.equals("abortTransaction")) {
                throw new IllegalStateException("nothing to abort");
            }
        }));
        assertThat(stage.commit(batch("1"))).isInstanceOf(CommitResult.InDoubt.class);
        assertThat(stage.commit(batch("2"))).isInstanceOf(CommitResult.InDoubt.class);
        assertThat(stage.commit(batch("3"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("3");
    }

    @Test
    void shouldTryUntilThereIsAProducer() {
        AtomicInteger asked = new AtomicInteger();
        stage.start(() -> {
            int time = asked.incrementAndGet();
            if (time == 1) {
                throw new KafkaException("no resolvable bootstrap server");
            } else if (time == 2) {
                throw new IllegalArgumentException("stranger still");
            } else if (time == 3) {
                return CommitStage.intercepted(stage.producers().get(), method -> {
                    if (method.equals("initTransactions")) {
                        throw new TimeoutException("not yet");
                    }
                });
            }
            return stage.producers().get();
        });
        assertThat(stage.commit(batch("x"))).isInstanceOf(CommitResult.Committed.class);
        assertThat(committed()).containsExactly("x");
    }

    @Test
    void shouldEndWhatThePreviousOwnerOfItsIdLeftOpen() {
        try (KafkaProducer<byte[], byte[]> dead =
                new KafkaProducer<>(stage.producerConfig, new ByteArraySerializer(), new ByteArraySerializer())) {
            dead.initTransactions();
            dead.beginTransaction();
            var unused = dead.send(stage.output(topic, "left open").record());
            dead.flush();
            stage.start();
            assertThat(stage.commit(batch("x"))).isInstanceOf(CommitResult.Committed.class);
            assertThat(committed()).containsExactly("x");
        }
    }

    @Test
    void shouldCloseQuicklyWhenIdle() {
        stage.start();
        assertThat(stage.commit(batch("x"))).isInstanceOf(CommitResult.Committed.class);
        long start = System.nanoTime();
        stage.close();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void shouldReportTheBatchUnderWayBeforeItCloses() {
        stage.start();
        stage.submit(batch("x"));
        await().atMost(Duration.ofSeconds(30)).until(() -> !stage.reports.isEmpty());
        assertThat(stage.next()).isInstanceOf(CommitResult.Committed.class);
        stage.close();
        assertThat(committed()).containsExactly("x");
    }
}
