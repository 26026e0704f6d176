package io.hookline.deliverer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Attempt;
import io.hookline.avro.BacklogOrder;
import io.hookline.avro.Breaker;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.NextStep;
import io.hookline.avro.RateLimit;
import io.hookline.avro.Reason;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.StateKeys;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What cannot be delivered now waits in the log: not copied, not lost, not repeated, and back as soon as its turn comes. */
class DelivererParkingIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void shouldDeliverWhatWaitedInOrderAsSoonAsItIsResumed() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/paused", Scripts.ok());
        pause("paused", endpoint);
        deliver("paused", 500);
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 500);
        assertThat(endpoint.count()).isZero();

        stage.subscribe("paused", endpoint.url().toString(), s -> s.setMaxInFlight(1));

        endpoint.awaitCount(500, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(500));
        assertThat(endpoint.requests())
                .extracting(DelivererParkingIT::number)
                .isSorted()
                .doesNotHaveDuplicates();
        assertNothingCopied();
    }

    @Test
    void shouldKeepWhatWaitsOverRestarts() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/paused", Scripts.ok());
        pause("paused", endpoint);
        deliver("paused", 300);
        try (Deliverer first = stage.deliverer()) {
            awaitParked(first, 300);
        }
        assertThat(stage.committed()).as("waiting holds no offset back").isEqualTo(stage.end(stage.names.deliveries()));
        deliver("paused", 300);
        try (Deliverer second = stage.deliverer()) {
            awaitParked(second, 300);
        }
        stage.subscribe("paused", endpoint.url().toString());
        deliver("paused", 300);

        stage.deliverer();

        awaitEachOnce(endpoint, 900);
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldStopWithWhatWaitsHalfDeliveredAndGoOnThere() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/slow", Scripts.slow(Duration.ofMillis(20)));
        pause("slow", endpoint);
        deliver("slow", 400);
        try (Deliverer first = stage.deliverer()) {
            awaitParked(first, 400);
            stage.subscribe("slow", endpoint.url().toString(), s -> s.setMaxInFlight(2));
            endpoint.awaitCount(50, SOON);
        }
        assertThat(endpoint.count()).isLessThan(400);

        stage.deliverer();

        awaitEachOnce(endpoint, 400);
    }

    @Test
    void shouldPauseAgainInTheMiddleAndLoseNothing() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/on-off", Scripts.slow(Duration.ofMillis(5)));
        pause("on-off", endpoint);
        deliver("on-off", 600);
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 600);

        for (int i = 1; i <= 4; i++) {
            stage.subscribe("on-off", endpoint.url().toString(), s -> s.setMaxInFlight(4));
            endpoint.awaitCount(i * 40L, SOON);
            pause("on-off", endpoint);
            deliver("on-off", 10);
        }
        stage.subscribe("on-off", endpoint.url().toString());

        awaitEachOnce(endpoint, 640);
        assertNothingCopied();
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldParkADueRetryWithItsCount() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/retried", Scripts.status(500));
        stage.subscribe("retried", endpoint.url().toString(), s -> s.setRetrySchedule("1s 1s"));
        stage.deliver("retried");
        Deliverer deliverer = stage.deliverer();
        endpoint.awaitCount(1, SOON);
        stage.subscribe(
                "retried",
                endpoint.url().toString(),
                s -> s.setRetrySchedule("1s 1s").setStatus(SubscriptionStatus.PAUSED));
        awaitParked(deliverer, 1);
        endpoint.script(Scripts.ok());

        stage.subscribe("retried", endpoint.url().toString(), s -> s.setRetrySchedule("1s 1s"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getAttempt, Attempt::getNext)
                        .containsExactly(tuple(1, NextStep.RETRY), tuple(2, NextStep.DELIVERED)));
    }

    @Test
    void shouldLetTheQueueOfASlowEndpointWaitInTheLog() throws Exception {
        List<String> ids = Stage.idsOf(1, 2);
        ScriptedEndpoint slow = stage.receiver.endpoint("/slow", Scripts.slow(Duration.ofMillis(300)));
        ScriptedEndpoint brisk = stage.receiver.endpoint("/brisk", Scripts.ok());
        stage.subscribe(ids.get(0), slow.url().toString(), s -> s.setMaxInFlight(1));
        stage.subscribe(ids.get(1), brisk.url().toString());
        stage.deliver(Collections.nCopies(300, ids));
        Deliverer deliverer = stage.deliverer(Map.of("deliverer.endpoint.queue.max", "10"));
        brisk.awaitCount(300, SOON);
        await().atMost(SOON).until(() -> deliverer.stats().parked().sum() > 200);

        slow.script(Scripts.ok());

        slow.awaitCount(300, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(600));
        assertThat(slow.requests()).extracting(DelivererParkingIT::number).doesNotHaveDuplicates();
        assertNothingCopied();
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldSendWhatIsFreshFirstWhereTheSubscriptionSaysSo() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/fresh", Scripts.ok());
        stage.subscribe(
                "fresh",
                endpoint.url().toString(),
                s -> s.setStatus(SubscriptionStatus.PAUSED).setBacklogOrder(BacklogOrder.FRESH_FIRST));
        deliver("fresh", 400);
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 400);
        endpoint.script(Scripts.slow(Duration.ofMillis(20)));

        long resumed = stage.subscribe(
                "fresh", endpoint.url().toString(), s -> s.setMaxInFlight(1).setBacklogOrder(BacklogOrder.FRESH_FIRST));
        stage.deliver(resumed, "fresh");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(endpoint.requests())
                        .extracting(DelivererParkingIT::number)
                        .contains(400L));
        assertThat(endpoint.count()).isLessThan(200);
        endpoint.script(Scripts.ok());
        endpoint.awaitCount(401, SOON);
    }

    @Test
    void shouldCancelWhatWaitsForADeletedSubscription() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/deleted", Scripts.ok());
        pause("deleted", endpoint);
        deliver("deleted", 100);
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 100);

        stage.delete("deleted");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getNext)
                        .hasSize(100)
                        .containsOnly(NextStep.CANCELLED));
        assertThat(endpoint.count()).isZero();
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldCountWhatRetentionTookBeforeItsTurnCame() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/late", Scripts.ok());
        pause("late", endpoint);
        deliver("late", 50);
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 50);
        try (Admin admin = stage.space.admin()) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(stage.names.deliveries(), Stage.partition("late")),
                            RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get();
        }

        stage.subscribe("late", endpoint.url().toString());

        endpoint.awaitCount(30, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.dead()).isNotEmpty());
        assertThat(stage.dead()).allSatisfy(dead -> assertThat(dead.getCause()).isEqualTo(DeadCause.RETENTION));
        assertThat(stage.dead().stream()
                        .map(DeadLetter::getRange)
                        .mapToLong(range -> range.getCount())
                        .sum())
                .isEqualTo(20);
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldCountWhatWaitedLongerThanItsAge() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/old", Scripts.ok());
        stage.subscribe(
                "old",
                endpoint.url().toString(),
                s -> s.setStatus(SubscriptionStatus.PAUSED).setMaxAgeMs(1_000L));
        deliver("old", 700);

        stage.deliverer();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.dead().stream()
                                .map(DeadLetter::getRange)
                                .mapToLong(range -> range.getCount())
                                .sum())
                        .isEqualTo(700));
        assertThat(stage.dead()).allSatisfy(dead -> {
            assertThat(dead.getCause()).isEqualTo(DeadCause.EXPIRED);
            assertThat(dead.getReason()).isEqualTo(Reason.SUBSCRIPTION_PAUSED);
        });
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldDeadLetterEachThatGotTooOldWhileItsBreakerWasOpen() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/down", Scripts.status(500));
        stage.subscribe("down", endpoint.url().toString(), s -> s.setMaxAgeMs(4_000L));
        deliver("down", 300);

        stage.deliverer();

        await().atMost(SOON).untilAsserted(() -> assertThat(stage.dead()).hasSize(300));
        assertThat(stage.dead())
                .allSatisfy(dead -> assertThat(dead.getDelivery()).isNotNull());
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldDisableAnEndpointThatFailedForTooLongAcrossRestarts() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/down", Scripts.status(500));
        stage.subscribe(
                "down",
                endpoint.url().toString(),
                s -> s.setBreaker(Breaker.newBuilder().setMinimumAttempts(1).build()));
        deliver("down", 20);
        Map<String, String> soon = Map.of("deliverer.disable.after.ms", "3000");
        try (Deliverer first = stage.deliverer(soon)) {
            await().atMost(SOON).until(() -> endpointStatuses("down").size() == 1);
        }
        assertThat(endpointStatuses("down").get(0).getDisabledAt()).isNull();
        Instant failingSince = endpointStatuses("down").get(0).getFailingSince();

        Deliverer second = stage.deliverer(soon);

        await().atMost(SOON).until(() -> endpointStatuses("down").size() == 2);
        EndpointStatus status = endpointStatuses("down").get(1);
        assertThat(status.getDisabledAt()).isAfterOrEqualTo(failingSince.plusSeconds(3));
        assertThat(status.getDisabledReason()).isEqualTo(Reason.SERVER_ERROR);
        assertThat(status.getFailingSince()).isEqualTo(failingSince);
        endpoint.script(Scripts.ok());
        stage.subscribe("down", endpoint.url().toString());
        await().atMost(SOON).until(() -> second.stats().delivered().sum() >= 10);
    }

    @Test
    void shouldFindAFewOfManyAndReadLittleElse() throws Exception {
        List<String> ids = Stage.idsOf(2, 2);
        ScriptedEndpoint rare = stage.receiver.endpoint("/rare", Scripts.ok());
        pause(ids.get(0), rare);
        pause(ids.get(1), rare);
        stage.deliver(IntStream.range(0, 2_000)
                .mapToObj(i -> List.of(i % 200 == 7 ? ids.get(0) : ids.get(1)))
                .toList());
        Deliverer deliverer = stage.deliverer();
        awaitParked(deliverer, 2_000);

        stage.subscribe(ids.get(0), rare.url().toString());

        rare.awaitCount(10, SOON);
        assertThat(rare.requests())
                .extracting(DelivererParkingIT::number)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> i * 200L + 7).toList());
        assertThat(deliverer.stats().recalled().sum()).as("records read").isLessThan(1_000);
    }

    @Test
    void shouldHoldAPartitionWhoseIndexCannotBeReadUntilThatRecordIsDeleted() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/damaged", Scripts.ok());
        stage.subscribe("damaged", endpoint.url().toString());
        byte[] key = StateKeys.parked("damaged", 3);
        stage.write(stage.names.delivererState(), Stage.partition("damaged"), key, new byte[] {1, 2, 3});
        stage.deliver("damaged");
        stage.deliverer();
        stage.deliver("other");
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> endpoint.count() == 0);

        stage.write(stage.names.delivererState(), Stage.partition("damaged"), key, null);

        endpoint.awaitCount(1, SOON);
    }

    @Test
    void shouldStopTryingAnEndpointThatFailsAndCatchUpWhenItIsBack() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/down", Scripts.status(503));
        stage.subscribe("down", endpoint.url().toString(), s -> s.setRetrySchedule("1s 1s 1s"));
        deliver("down", 1_000);
        Deliverer deliverer = stage.deliverer();
        await().atMost(SOON).until(() -> deliverer.stats().parked().sum() > 900);
        assertThat(endpoint.count()).as("attempts burnt").isLessThan(150);
        endpoint.script(Scripts.ok());

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(deliverer.stats().delivered().sum()).isEqualTo(1_000));

        assertThat(stage.dead()).isEmpty();
        assertNothingLeftInTheIndex();
    }

    @Test
    void shouldKeepToARateAndLetTheRestWaitInTheLog() throws Exception {
        List<String> ids = Stage.idsOf(1, 2);
        ScriptedEndpoint limited = stage.receiver.endpoint("/limited", Scripts.ok());
        ScriptedEndpoint brisk = stage.receiver.endpoint("/brisk", Scripts.ok());
        stage.subscribe(
                ids.get(0),
                limited.url().toString(),
                s -> s.setRateLimit(RateLimit.newBuilder()
                        .setAttempts(50)
                        .setPeriodMs(1_000)
                        .build()));
        stage.subscribe(ids.get(1), brisk.url().toString());
        stage.deliver(Collections.nCopies(400, ids));
        stage.deliverer(Map.of("deliverer.endpoint.queue.max", "20"));

        brisk.awaitCount(400, SOON);
        assertThat(limited.count()).isLessThan(390);
        List<ReceivedRequest> requests = limited.awaitCount(400, SOON);

        for (int i = 0; i + 70 < requests.size(); i++) {
            Duration took = Duration.between(
                    requests.get(i).receivedAt(), requests.get(i + 70).receivedAt());
            assertThat(took).as("70 after number " + i).isGreaterThan(Duration.ofSeconds(1));
        }
        assertNothingCopied();
        assertThat(requests).extracting(DelivererParkingIT::number).doesNotHaveDuplicates();
    }

    private List<EndpointStatus> endpointStatuses(String id) {
        return stage.read(stage.names.delivererState(), StateKeys.endpoint(id), EndpointStatus.class);
    }

    /** So many deliveries reach the endpoint, the attempts are recorded, and none came twice. */
    private void awaitEachOnce(ScriptedEndpoint endpoint, int count) {
        endpoint.awaitCount(count, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(count));
        assertThat(endpoint.requests()).extracting(DelivererParkingIT::number).doesNotHaveDuplicates();
    }

    private void pause(String id, ScriptedEndpoint endpoint) {
        stage.subscribe(id, endpoint.url().toString(), s -> s.setStatus(SubscriptionStatus.PAUSED));
    }

    private void deliver(String id, int count) {
        stage.deliver(Collections.nCopies(count, List.of(id)));
    }

    private static void awaitParked(Deliverer deliverer, int count) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(deliverer.stats().parked().sum()).isGreaterThanOrEqualTo(count));
    }

    private void assertNothingCopied() throws Exception {
        for (RetryTier tier : RetryTier.values()) {
            assertThat(stage.end(stage.names.deliveriesRetry(tier))).isZero();
        }
    }

    /** The last record of each of its keys is a tombstone. */
    private void assertNothingLeftInTheIndex() {
        await().atMost(SOON).untilAsserted(() -> {
            Map<String, Boolean> isLeft = new TreeMap<>();
            stage.raw(stage.names.delivererState()).forEach(record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (StateKeys.isParked(key)) {
                    isLeft.put(key, record.value() != null);
                }
            });
            assertThat(isLeft).isNotEmpty().doesNotContainValue(true);
        });
    }

    private static long number(ReceivedRequest request) {
        return Long.parseLong(request.bodyText().replaceAll(".*\"number\":(\\d+).*", "$1"));
    }
}
