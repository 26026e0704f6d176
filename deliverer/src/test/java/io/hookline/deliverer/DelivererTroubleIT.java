package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Attempt;
import io.hookline.avro.Delivery;
import io.hookline.avro.NextStep;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What goes wrong around a deliverer and must lose nothing, repeat nothing and hold up nobody else. */
class DelivererTroubleIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void shouldRepeatNothingWhenTakingOverWhileATransactionOfTheLastOwnerIsOpen() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.ok());
        stage.subscribe("all", endpoint.url().toString());
        for (int i = 0; i < 20; i++) {
            stage.deliver("all");
        }
        Deliverer first = stage.deliverer();
        await().atMost(SOON).until(() -> stage.attempts().size() == 20);
        first.close();

        try (KafkaProducer<byte[], byte[]> dead = stage.transactional("dead")) {
            dead.initTransactions();
            dead.beginTransaction();
            dead.sendOffsetsToTransaction(Map.of(live("all"), new OffsetAndMetadata(20)), stage.outsider());
            stage.deliverer();
            stage.deliver("all");
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> endpoint.count() == 20);
            dead.abortTransaction();
        }

        endpoint.awaitCount(21, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(21));
        assertThat(endpoint.count()).isEqualTo(21);
    }

    @Test
    void shouldNotSlowAPartitionToThePaceOfOneSubscription() throws Exception {
        List<String> ids = Stage.idsOf(1, 2);
        ScriptedEndpoint slow = stage.receiver.endpoint("/slow", Scripts.slow(Duration.ofMillis(400)));
        ScriptedEndpoint brisk = stage.receiver.endpoint("/brisk", Scripts.ok());
        stage.subscribe(ids.get(0), slow.url().toString(), s -> s.setMaxInFlight(1));
        stage.subscribe(ids.get(1), brisk.url().toString());
        for (int i = 0; i < 200; i++) {
            stage.deliver(ids.get(0));
            stage.deliver(ids.get(1));
        }
        stage.deliverer(Map.of("deliverer.endpoint.queue.max", "10"));

        brisk.awaitCount(200, SOON);

        assertThat(slow.count()).as("of 200 that take 80 s").isLessThan(100);
    }

    @Test
    void shouldLeaveMemoryToTheOthersHoweverManySubscriptionsAreStuck() throws Exception {
        List<String> ids = Stage.idsOf(1, 6);
        ScriptedEndpoint stuck = stage.receiver.endpoint("/stuck", Scripts.neverAnswers());
        ScriptedEndpoint brisk = stage.receiver.endpoint("/brisk", Scripts.ok());
        ids.subList(0, 5).forEach(id -> stage.subscribe(id, stuck.url().toString(), s -> s.setTimeoutMs(300_000)));
        stage.subscribe(ids.get(5), brisk.url().toString());
        for (int i = 0; i < 100; i++) {
            ids.subList(0, 5).forEach(id -> stage.deliver(id));
        }
        for (int i = 0; i < 20; i++) {
            stage.deliver(ids.get(5));
        }

        stage.deliverer(Map.of(
                "deliverer.partition.deliveries.max", "400",
                "deliverer.in.flight.max", "64",
                "deliverer.endpoint.queue.max", "200",
                "deliverer.drain.ms", "0"));

        brisk.awaitCount(20, SOON);
    }

    @Test
    void shouldHoldOnlyThePartitionWhoseRecordNeedsANewerRelease() throws Exception {
        String waiting = Stage.idsOf(0, 1).get(0);
        String other = Stage.idsOf(1, 1).get(0);
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.ok());
        stage.subscribe(waiting, endpoint.url().toString());
        stage.subscribe(other, endpoint.url().toString());
        Delivery newer = stage.delivery(-1, List.of(waiting));
        newer.setFormatVersion(99);
        stage.deliver(newer);
        stage.deliver(waiting);
        stage.deliver(other);
        Deliverer deliverer = stage.deliverer();

        endpoint.awaitCount(1, SOON);
        stage.deliver(other);
        endpoint.awaitCount(2, SOON);

        await().atMost(SOON).until(() -> stage.attempts().size() == 2);
        assertThat(stage.attempts()).extracting(Attempt::getSubscription).containsOnly(other);
        assertThat(stage.pipelineDead()).isEmpty();
        assertThat(deliverer.stats().commits().sum()).isPositive();
    }

    @Test
    void shouldWaitWhereTheCheckpointCannotBeReadUntilItIsDeleted() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.ok());
        stage.subscribe("all", endpoint.url().toString());
        stage.deliver("all");
        Deliverer first = stage.deliverer();
        await().atMost(SOON).until(() -> stage.attempts().size() == 1);
        first.close();
        byte[] key = stage.raw(stage.names.delivererState()).stream()
                .filter(record -> record.partition() == Stage.partition("all"))
                .findFirst()
                .orElseThrow()
                .key();
        stage.write(stage.names.delivererState(), Stage.partition("all"), key, new byte[] {1, 2, 3});
        stage.deliver("all");

        stage.deliverer();
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> endpoint.count() == 1);
        stage.write(stage.names.delivererState(), Stage.partition("all"), key, null);

        endpoint.awaitCount(2, SOON);
        await().atMost(SOON).until(() -> stage.attempts().size() == 2);
        assertThat(endpoint.count()).isEqualTo(2);
    }

    @Test
    void shouldJudgeAFailureByTheSubscriptionThatTheAttemptWasMadeFor() throws Exception {
        ScriptedEndpoint broken = stage.receiver.endpoint(
                "/broken", Scripts.always(Reply.status(500).after(Duration.ofSeconds(1))));
        ScriptedEndpoint mended = stage.receiver.endpoint("/mended", Scripts.ok());
        stage.subscribe("all", broken.url().toString(), s -> s.setRetrySchedule("1s 1s 1s 1s 1s"));
        stage.deliver("all");
        stage.deliverer();
        broken.awaitCount(1, SOON);

        stage.subscribe("all", "no url at all");
        await().atMost(SOON).until(() -> stage.attempts().size() == 1);
        stage.subscribe("all", mended.url().toString());

        assertThat(stage.attempts())
                .singleElement()
                .extracting(Attempt::getNext)
                .isEqualTo(NextStep.RETRY);
        await().atMost(SOON).until(() -> stage.attempts().size() == 2);
        assertThat(mended.count() + stage.dead().size()).isEqualTo(1);
    }

    @Test
    void shouldNotDisableAnEditedSubscriptionForWhatItsOldUrlAnswered() throws Exception {
        ScriptedEndpoint old =
                stage.receiver.endpoint("/old", Scripts.always(Reply.status(410).after(Duration.ofSeconds(1))));
        ScriptedEndpoint edited = stage.receiver.endpoint("/edited", Scripts.ok());
        stage.subscribe("all", old.url().toString());
        stage.deliver("all");
        stage.deliverer();
        old.awaitCount(1, SOON);

        long offset = stage.subscribe("all", edited.url().toString());
        await().atMost(SOON).until(() -> stage.attempts().size() == 1);
        stage.deliver(offset, "all");

        edited.awaitCount(1, SOON);
    }

    @Test
    void shouldDeliverAReplayHoweverOldItsEventIs() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.failFirst(1, 500));
        stage.subscribe("all", endpoint.url().toString(), s -> s.setRetrySchedule("1s"));
        Delivery old = stage.delivery(-1, List.of("all"));
        old.setRecordedAt(Instant.now().minus(Duration.ofDays(30)));
        old.setReplayId("r1");
        stage.deliver(stage.names.deliveriesReplay(), old);
        stage.deliverer();

        endpoint.awaitCount(2, SOON);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getNext)
                        .containsExactly(NextStep.RETRY, NextStep.DELIVERED));
    }

    @Test
    void shouldShowNoLagWhenEverythingIsDelivered() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.ok());
        stage.subscribe("all", endpoint.url().toString());
        stage.deliverInTransaction("all");
        stage.deliverer();

        endpoint.awaitCount(1, SOON);

        long end = stage.end(stage.names.deliveries());
        assertThat(end).as("the record and its marker").isEqualTo(2);
        await().atMost(SOON).until(() -> stage.committed() == end);
    }

    @Test
    void shouldKeepTheEventsCoordinatesOfAnOutcomeThatTheBrokerRefuses() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.status(500));
        stage.subscribe("all", endpoint.url().toString(), s -> s.setRetrySchedule("1h"));
        for (RetryTier tier : RetryTier.values()) {
            stage.limit(stage.names.deliveriesRetry(tier), 400);
        }
        Delivery delivery = stage.delivery(-1, List.of("all"));
        delivery.setEvent(ByteBuffer.wrap(("{\"text\":\"" + "x".repeat(1000) + "\"}").getBytes(UTF_8)));
        stage.deliver(delivery);
        stage.deliverer();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.pipelineDead())
                        .singleElement()
                        .satisfies(dead -> {
                            assertThat(dead.getTopic()).isEqualTo(delivery.getTopic());
                            assertThat(dead.getOffset()).isEqualTo(delivery.getOffset());
                            assertThat(dead.getDetail()).contains("subscription all");
                        }));
        await().atMost(SOON).until(() -> stage.attempts().size() == 1);
    }

    private TopicPartition live(String subscription) {
        return new TopicPartition(stage.names.deliveries(), Stage.partition(subscription));
    }
}
