package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.avro.Checkpoint;
import io.hookline.avro.ParkedUnit;
import io.hookline.avro.Reason;
import io.hookline.avro.TopicPosition;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.EventLog;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.StateKeys;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class StatusCommandIT {
    private static final int P = 3;

    @TempDir
    Path home;

    private OpsKafka ops;
    private KafkaConnection kafka;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, P);
        kafka = ops.connect();
        hookline = CommandLineFixture.of(ops, home);
    }

    @AfterEach
    void close() {
        kafka.close();
        ops.close();
    }

    @Test
    void shouldShowAnEmptyPipelineAndThatNobodyRuns() {
        Ran ran = hookline.run("status");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out().lines().map(l -> l.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("route 0 - "))
                .anyMatch(line -> line.startsWith("retry later 0 - "));
        assertThat(ran.err()).contains("Oldest undelivered: none", "no router or no deliverer runs");
    }

    /** Markers of transactions are offsets, but nothing that waits; a retry in its tier's delay is not late. */
    @Test
    void shouldCountWhatWaitsAtEachStageAndKeepNotYetDueApart() throws Exception {
        new EventLog(kafka).topic("order_created", 2).emit("order_created", "acme", 5, i -> "{}");
        write(kafka.names().deliveries(), 0, null, new byte[1]);
        write(kafka.names().deliveries(), 0, null, new byte[1]);
        write(kafka.names().deliveries(), 1, null, new byte[1]);
        write(kafka.names().deliveriesReplay(), 2, null, new byte[1]);
        write(kafka.names().deliveriesRetry(RetryTier.M5), 1, null, new byte[1]);
        write(kafka.names().deliveriesRetry(RetryTier.H2), 1, null, new byte[1]);
        write(
                kafka.names().delivererState(),
                0,
                StateKeys.checkpoint(),
                kafka.codec(Checkpoint.class).encode(checkpoint(kafka.names().deliveries(), 1)));
        parked("crm", 0, 7);
        parked("crm", 1, 5);
        parked("vip", 0, 3);

        JsonNode status =
                new ObjectMapper().readTree(hookline.run("status", "--json").out());

        assertThat(waiting(status, "route")).isEqualTo(5);
        assertThat(waiting(status, "deliver")).isEqualTo(2);
        assertThat(waiting(status, "replay")).isEqualTo(1);
        assertThat(waiting(status, "retry")).isZero();
        assertThat(waiting(status, "retry later")).isEqualTo(2);
        assertThat(waiting(status, "parked")).isEqualTo(15);
        assertThat(status.get("parked").get(0).get("subscription").asText()).isEqualTo("crm");
        assertThat(status.get("parked").get(0).get("waiting").asLong()).isEqualTo(12);
        assertThat(status.get("oldestUndelivered").asText()).isEqualTo("2026-11-24T08:00:00Z");
        assertThat(status.get("diskBytes").size()).isPositive();
        assertThat(hookline.run("status").out()).contains("crm", "timeout", "events.order_created");
    }

    private static long waiting(JsonNode status, String stage) {
        for (JsonNode one : status.get("stages")) {
            if (one.get("stage").asText().equals(stage)) {
                assertThat(one.get("exact").asBoolean()).isTrue();
                return one.get("waiting").asLong();
            }
        }
        throw new AssertionError("no stage " + stage);
    }

    private void parked(String subscription, int segment, int count) {
        ParkedUnit unit = ParkedUnit.newBuilder()
                .setSubscription(subscription)
                .setSegment(segment)
                .setTopic(kafka.names().deliveries())
                .setOffsets(ByteBuffer.wrap(new byte[1]))
                .setCount(count)
                .setSince(Instant.parse("2026-11-24T08:00:00Z"))
                .setReason(Reason.TIMEOUT)
                .build();
        write(
                kafka.names().delivererState(),
                0,
                StateKeys.parked(subscription, segment),
                kafka.codec(ParkedUnit.class).encode(unit));
    }

    private static Checkpoint checkpoint(String topic, long position) {
        return Checkpoint.newBuilder()
                .setPositions(List.of(TopicPosition.newBuilder()
                        .setTopic(topic)
                        .setPosition(position)
                        .build()))
                .setWrittenAt(Instant.EPOCH)
                .setInstance("d1")
                .build();
    }

    private void write(String topic, int partition, byte @Nullable [] key, byte[] value) {
        try (Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(topic, partition, key, value));
            producer.commitTransaction();
        }
    }
}
