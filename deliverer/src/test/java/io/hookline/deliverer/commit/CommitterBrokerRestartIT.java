package io.hookline.deliverer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.testkit.kafka.EmbeddedKafka;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that stops and starts in the middle of commits, at any point of them. */
@Timeout(300)
class CommitterBrokerRestartIT {
    private static final int RESTARTS = 4;
    private static final int RECORDS = 20;

    @Test
    void shouldKnowWhatBecameOfEveryBatchWhileTheBrokerComesAndGoes() throws Exception {
        ScheduledExecutorService operator = Executors.newSingleThreadScheduledExecutor();
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                CommitStage stage = new CommitStage(kafka.bootstrapServers(), "r.")) {
            String topic = stage.topic("outcomes");
            TopicPartition source = new TopicPartition(stage.topic("source"), 0);
            ConsumerGroupMetadata group = stage.outside("group");
            // Short, so that commits do time out while the broker is away.
            stage.producerConfig.put("max.block.ms", 1_000);
            stage.producerConfig.put("request.timeout.ms", 1_000);
            stage.producerConfig.put("delivery.timeout.ms", 3_000);
            stage.start();

            AtomicBoolean isOver = new AtomicBoolean();
            Future<?> restarts = operator.submit(() -> restart(kafka, operator, isOver));
            List<CommitResult> results = new ArrayList<>();
            for (int i = 0; !isOver.get() || results.size() < 20; i++) {
                List<Output> outputs = new ArrayList<>();
                for (int record = 0; record < RECORDS; record++) {
                    outputs.add(stage.output(topic, i + "/" + record));
                }
                results.add(stage.commit(CommitStage.batch(outputs, Map.of(source, new OffsetAndMetadata(i)), group)));
            }
            restarts.get(60, TimeUnit.SECONDS);
            assertThat(stage.commit(stage.batch(stage.output(topic, "end"))))
                    .isInstanceOf(CommitResult.Committed.class);
            check(
                    results,
                    stage.committed(topic),
                    stage.groupOffset("group", source).offset());
        } finally {
            operator.shutdownNow();
        }
    }

    /** The worst moment: everything is sent, only the word that ends the transaction is not, or perhaps is. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 500_000, 2_000_000})
    void shouldKnowItWhereTheBrokerStopsAtTheLastWord(long afterNanos) throws Exception {
        ScheduledExecutorService operator = Executors.newScheduledThreadPool(2);
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                CommitStage stage = new CommitStage(kafka.bootstrapServers(), "w.")) {
            String topic = stage.topic("outcomes");
            TopicPartition source = new TopicPartition(stage.topic("source"), 0);
            ConsumerGroupMetadata group = stage.outside("group");
            stage.producerConfig.put("max.block.ms", 1_000);
            AtomicInteger commits = new AtomicInteger();
            Supplier<Producer<byte[], byte[]>> producers = stage.producers();
            stage.start(() -> CommitStage.intercepted(producers.get(), method -> {
                if (method.equals("commitTransaction") && commits.incrementAndGet() == 2) {
                    if (afterNanos < 0) {
                        kafka.stop();
                    } else {
                        var unused = operator.schedule(kafka::stop, afterNanos, TimeUnit.NANOSECONDS);
                    }
                    var unused = operator.schedule(kafka::start, 2_500, TimeUnit.MILLISECONDS);
                }
            }));
            List<CommitResult> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<Output> outputs = new ArrayList<>();
                for (int record = 0; record < RECORDS; record++) {
                    outputs.add(stage.output(topic, i + "/" + record));
                }
                results.add(stage.commit(CommitStage.batch(outputs, Map.of(source, new OffsetAndMetadata(i)), group)));
            }
            assertThat(results.get(1))
                    .as("a broker that is back within the time a commit is asked for again")
                    .isInstanceOf(CommitResult.Committed.class);
            check(
                    results,
                    stage.committed(topic),
                    stage.groupOffset("group", source).offset());
        } finally {
            operator.shutdownNow();
        }
    }

    private static void restart(EmbeddedKafka kafka, ScheduledExecutorService operator, AtomicBoolean isOver) {
        SplittableRandom random = new SplittableRandom();
        try {
            for (int i = 0; i < RESTARTS; i++) {
                operator.awaitTermination(300 + random.nextInt(700), TimeUnit.MILLISECONDS);
                kafka.stop();
                operator.awaitTermination(random.nextInt(2_500), TimeUnit.MILLISECONDS);
                kafka.start();
            }
            operator.awaitTermination(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isOver.set(true);
        }
    }

    private static void check(List<CommitResult> results, List<String> read, long offset) {
        Set<String> readable = new HashSet<>(read);
        assertThat(readable).as("nothing twice").hasSize(read.size());
        long last = -1;
        for (int i = 0; i < results.size(); i++) {
            long there = 0;
            for (int record = 0; record < RECORDS; record++) {
                there += readable.contains(i + "/" + record) ? 1 : 0;
            }
            CommitResult result = results.get(i);
            if (result instanceof CommitResult.Committed) {
                assertThat(there).as("records of committed batch %d", i).isEqualTo(RECORDS);
            } else if (result instanceof CommitResult.Aborted) {
                assertThat(there).as("records of aborted batch %d", i).isZero();
            } else {
                assertThat(result).isInstanceOf(CommitResult.InDoubt.class);
                assertThat(there).as("records of batch %d in doubt", i).isIn(0L, (long) RECORDS);
            }
            last = there == RECORDS ? i : last;
        }
        assertThat(offset).as("offset of the last batch that was written").isEqualTo(last);
        assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSizeGreaterThan(1);
    }
}
