package io.hookline.ops.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Attempt;
import io.hookline.avro.Delivery;
import io.hookline.avro.NextStep;
import io.hookline.avro.Reason;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.CommandProcess;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.id.WebhookId;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class AttemptsCommandIT {
    private static final int P = 3;

    @TempDir
    Path home;

    private final Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
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
    void shouldCountThenShowTheNewestOfOneSubscription() {
        write(
                attempt("crm", 1, 1, Reason.SERVER_ERROR, NextStep.RETRY),
                attempt("crm", 1, 2, Reason.SUCCESS, NextStep.DELIVERED),
                attempt("crm", 2, 1, Reason.SUCCESS, NextStep.DELIVERED),
                attempt("vip", 3, 1, Reason.TIMEOUT, NextStep.RETRY));

        Ran crm = hookline.run("attempts", "--subscription", "crm", "--limit", "1");
        Ran all = hookline.run("attempts", "--json");
        Ran failed = hookline.run("attempts", "--failed", "--json");
        Ran before = hookline.run("attempts", "--until", "1h", "--since", "2h");
        Ran unknown = hookline.run("attempts", "--subscription", "crn");

        assertThat(crm.out().lines().map(l -> l.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("crm success 2 2.0 "))
                .anyMatch(line -> line.startsWith("crm server_error 1 2.0 "))
                .filteredOn(line -> line.contains("msg_"))
                .hasSize(1);
        assertThat(crm.err()).contains("3 attempts in all");
        assertThat(all.out().lines()).hasSize(4);
        assertThat(failed.out().lines()).hasSize(2).noneMatch(line -> line.contains("delivered"));
        assertThat(before.err()).contains("No attempts.");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void shouldTellTheLifeOfOneEventWithAndWithoutItsSubscription() {
        write(
                kafka.names().deliveries(),
                "crm",
                kafka.codec(Delivery.class).encode(delivery(7, List.of("other", "crm"), null)));
        write(
                kafka.names().deliveriesReplay(),
                "crm",
                kafka.codec(Delivery.class).encode(delivery(7, List.of("crm"), "replay_1")));
        write(
                attempt("crm", 7, 1, Reason.SERVER_ERROR, NextStep.DEAD),
                attempt("crm", 8, 1, Reason.SUCCESS, NextStep.DELIVERED));

        Ran known = hookline.run("attempts", "--event", id("crm", 7), "--subscription", "crm");
        Ran unknown = hookline.run("attempts", "--event", id("crm", 7), "--json");
        Ran never = hookline.run("attempts", "--event", id("crm", 99));
        Ran nonsense = hookline.run("attempts", "--event", "msg_1");

        assertThat(known.out().lines().map(line -> line.replaceAll("^\\S+ +(\\S+).*", "$1")))
                .containsExactlyInAnyOrder("WHAT", "emitted", "routed", "replayed", "attempt");
        assertThat(known.out()).contains("events.order_created-0@7", "by replay_1", "server_error");
        assertThat(unknown.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"at\":"));
        assertThat(never.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(never.err()).contains("Nothing is recorded of " + id("crm", 99));
        assertThat(nonsense.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldShowWhatComesUntilItIsInterrupted() throws Exception {
        Path out = home.resolve("watched");
        try (CommandProcess process =
                CommandProcess.start(ops, out, "attempts", "--subscription", "crm", "--failed", "--watch")) {
            int[] n = {0};
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                n[0]++;
                write(
                        attempt("crm", n[0], 1, Reason.TIMEOUT, NextStep.RETRY),
                        attempt("crm", n[0], 2, Reason.SUCCESS, NextStep.DELIVERED));
                return java.nio.file.Files.readString(out).contains("msg_");
            });
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(java.nio.file.Files.readString(out))
                .contains("STARTED")
                .contains("timeout")
                .doesNotContain("success");
    }

    /** What other subscriptions of the partition have is passed over undecoded; reading holds no more than the newest few. */
    @Test
    void shouldFindAFewAmongMany() {
        Attempt[] many = IntStream.range(0, 50_000)
                .mapToObj(i -> attempt("many", i, 1, Reason.SUCCESS, NextStep.DELIVERED))
                .toArray(Attempt[]::new);
        write(many);
        write(attempt("crm", 50_001, 1, Reason.TIMEOUT, NextStep.RETRY));

        assertThat(hookline.run("attempts", "--subscription", "many").err()).contains("50000 attempts in all");
        assertThat(hookline.run("attempts", "--subscription", "many", "--failed", "--json")
                        .out())
                .isEmpty();
        assertThat(hookline.run("attempts", "--subscription", "crm", "--json")
                        .out()
                        .lines())
                .hasSize(1);
    }

    private String id(String subscription, int n) {
        return WebhookId.ofRecord(now.toEpochMilli(), "events.order_created", 0, n, subscription);
    }

    private Delivery delivery(int n, List<String> subscriptions, String replayId) {
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap("{}".getBytes(UTF_8)))
                .setTopic("events.order_created")
                .setPartition(0)
                .setOffset(n)
                .setRecordedAt(now)
                .setType("order_created")
                .setSubscriptions(subscriptions)
                .setReplayId(replayId)
                .build();
    }

    private Attempt attempt(String subscription, int n, int attempt, Reason reason, NextStep next) {
        return Attempt.newBuilder()
                .setWebhookId(id(subscription, n))
                .setSubscription(subscription)
                .setType("order_created")
                .setAttempt(attempt)
                .setStartedAt(now.plusMillis(attempt))
                .setLatencyUs(2_000)
                .setReason(reason)
                .setNext(next)
                .build();
    }

    private void write(Attempt... attempts) {
        var codec = kafka.codec(Attempt.class);
        try (Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Attempt attempt : attempts) {
                String subscription = attempt.getSubscription();
                var unused = producer.send(new ProducerRecord<>(
                        kafka.names().attempts(),
                        SubscriptionPartition.of(subscription, P),
                        subscription.getBytes(UTF_8),
                        codec.encode(attempt)));
            }
            producer.commitTransaction();
        }
    }

    private void write(String topic, String subscription, byte[] value) {
        try (Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused =
                    producer.send(new ProducerRecord<>(topic, SubscriptionPartition.of(subscription, P), null, value));
            producer.commitTransaction();
        }
    }
}
