package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.hookline.avro.Attempt;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.NextStep;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Reason;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.avro.SuccessRule;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DelivererIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void shouldDeliverASignedPostThatAnIndependentLibraryAccepts() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/crm", Scripts.ok());
        stage.deliver(stage.subscribe("crm", endpoint.url().toString()), "crm");
        stage.deliverer();

        ReceivedRequest request = endpoint.awaitCount(1, SOON).get(0);

        String body = new String(request.body(), UTF_8);
        assertThat(body)
                .isEqualTo(
                        "{\"type\":\"user_register\",\"timestamp\":\"2026-11-24T08:30:00Z\",\"data\":{\"number\":0}}");
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        new Webhook(Stage.SECRET).verify(body, HttpHeaders.of(headers, (name, value) -> true));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .singleElement()
                        .satisfies(attempt -> {
                            assertThat(attempt.getReason()).isEqualTo(Reason.SUCCESS);
                            assertThat(attempt.getNext()).isEqualTo(NextStep.DELIVERED);
                            assertThat(attempt.getWebhookId())
                                    .isEqualTo(request.webhookId().orElseThrow());
                            assertThat(attempt.getStatus()).isEqualTo(200);
                        }));
    }

    @Test
    void shouldDeliverAGroupedRecordToEachOfItsSubscriptionsOnce() throws Exception {
        List<String> ids = Stage.idsOf(1, 50);
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.ok());
        ids.forEach(id -> stage.subscribe(id, endpoint.url().toString()));
        stage.deliver(ids.toArray(String[]::new));
        stage.deliver(ids.toArray(String[]::new));
        stage.deliverer();

        endpoint.awaitCount(100, SOON);

        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(100));
        assertThat(endpoint.distinctIds()).isEqualTo(100);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.committed()).isEqualTo(2));
    }

    @Test
    void shouldRetryBySchedule() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/flaky", Scripts.failFirst(2, 500));
        stage.subscribe("flaky", endpoint.url().toString(), s -> s.setRetrySchedule("1s 1s 1s"));
        stage.deliver("flaky");
        stage.deliverer();

        List<ReceivedRequest> requests = endpoint.awaitCount(3, SOON);

        assertThat(requests)
                .extracting(r -> r.webhookId().orElseThrow())
                .containsOnly(requests.get(0).webhookId().orElseThrow());
        for (int i = 1; i < 3; i++) {
            assertThat(Duration.between(
                            requests.get(i - 1).receivedAt(), requests.get(i).receivedAt()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getAttempt, Attempt::getNext)
                        .containsExactly(
                                org.assertj.core.api.Assertions.tuple(1, NextStep.RETRY),
                                org.assertj.core.api.Assertions.tuple(2, NextStep.RETRY),
                                org.assertj.core.api.Assertions.tuple(3, NextStep.DELIVERED)));
    }

    @Test
    void shouldDeadLetterWhatExhaustsItsSchedule() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint(
                "/down", Scripts.always(Reply.status(500).body("out of order".getBytes(UTF_8))));
        stage.subscribe("down", endpoint.url().toString(), s -> s.setRetrySchedule("1s"));
        stage.deliver("down");
        stage.deliverer();

        await().atMost(SOON).untilAsserted(() -> assertThat(stage.dead()).hasSize(1));

        DeadLetter dead = stage.dead().get(0);
        assertThat(dead.getCause()).isEqualTo(DeadCause.EXHAUSTED);
        assertThat(dead.getReason()).isEqualTo(Reason.SERVER_ERROR);
        assertThat(dead.getAttempts()).isEqualTo(2);
        assertThat(dead.getLastStatus()).isEqualTo(500);
        assertThat(UTF_8.decode(dead.getLastAnswer()).toString()).isEqualTo("out of order");
        assertThat(dead.getDelivery().getSubscriptions()).containsExactly("down");
        assertThat(endpoint.count()).isEqualTo(2);
    }

    @Test
    void shouldHonourRetryAfter() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/busy", Scripts.retryAfter(429, 3));
        stage.subscribe("busy", endpoint.url().toString(), s -> s.setRetrySchedule("1s 1s"));
        stage.deliver("busy");
        stage.deliverer();

        List<ReceivedRequest> requests = endpoint.awaitCount(2, SOON);

        assertThat(Duration.between(
                        requests.get(0).receivedAt(), requests.get(1).receivedAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2_990));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getReason)
                        .containsExactly(Reason.THROTTLED, Reason.SUCCESS));
    }

    @Test
    void shouldDisableAnEndpointThatIsGoneUntilItsSubscriptionIsEdited() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/gone", Scripts.gone());
        stage.subscribe("gone", endpoint.url().toString());
        stage.deliver("gone");
        Deliverer first = stage.deliverer();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.dead())
                        .extracting(DeadLetter::getCause)
                        .containsExactly(DeadCause.ENDPOINT_GONE));

        stage.deliver("gone");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(first.stats().parked().sum()).isEqualTo(1));
        first.close();
        Deliverer second = stage.deliverer();
        stage.deliver("gone");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(second.stats().parked().sum()).isEqualTo(1));
        assertThat(endpoint.count()).isEqualTo(1);

        endpoint.script(Scripts.ok());
        stage.subscribe("gone", endpoint.url().toString());
        stage.deliver(stage.subscribe("gone", endpoint.url().toString()), "gone");

        endpoint.awaitCount(2, SOON);
    }

    @Test
    void shouldHoldWhatComesForAPausedSubscription() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/paused", Scripts.ok());
        stage.subscribe("paused", endpoint.url().toString(), s -> s.setStatus(SubscriptionStatus.PAUSED));
        stage.deliver("paused");
        Deliverer deliverer = stage.deliverer();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(deliverer.stats().parked().sum()).isEqualTo(1));

        assertThat(endpoint.count()).isZero();
        assertThat(stage.attempts()).isEmpty();
    }

    @Test
    void shouldWaitForASubscriptionThatItsFirstDeliveryOvertakes() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/fresh", Scripts.ok());
        long next = stage.subscribe("other", endpoint.url().toString());
        String fresh = Stage.idsOf(Stage.partition("other"), 1).get(0);
        Deliverer deliverer = stage.deliverer();
        stage.deliver("other");
        endpoint.awaitCount(1, SOON);

        stage.deliver(next + 1, fresh);
        stage.deliver("other");
        assertThat(deliverer.stats().cancelled().sum()).isZero();
        stage.subscribe(fresh, endpoint.url().toString());

        endpoint.awaitCount(3, SOON);
        assertThat(deliverer.stats().cancelled().sum()).isZero();
    }

    @Test
    void shouldCancelWhatComesForADeletedSubscription() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/deleted", Scripts.ok());
        stage.subscribe("deleted", endpoint.url().toString());
        stage.deliver(stage.delete("deleted"), "deleted");
        stage.deliverer();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .singleElement()
                        .satisfies(attempt -> {
                            assertThat(attempt.getNext()).isEqualTo(NextStep.CANCELLED);
                            assertThat(attempt.getReason()).isEqualTo(Reason.SUBSCRIPTION_DELETED);
                        }));
        assertThat(endpoint.count()).isZero();
    }

    @Test
    void shouldJudgeByTheBodyWhereTheSubscriptionSaysSo() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/json", Scripts.jsonStatus("failed"));
        stage.subscribe(
                "json",
                endpoint.url().toString(),
                s -> s.setSuccessRule(SuccessRule.JSON_STATUS_SUCCESS).setRetrySchedule("1s 1s 1s 1s 1s"));
        stage.deliver("json");
        stage.deliverer();
        await().atMost(SOON).until(() -> !stage.attempts().isEmpty());

        endpoint.script(Scripts.jsonStatus("success"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getReason)
                        .startsWith(Reason.BODY_NOT_SUCCESS)
                        .endsWith(Reason.SUCCESS));
    }

    @Test
    void shouldTimeOutAnEndpointThatNeverAnswersAndGoOnWithTheOthers() throws Exception {
        ScriptedEndpoint silent = stage.receiver.endpoint("/silent", Scripts.neverAnswers());
        ScriptedEndpoint healthy = stage.receiver.endpoint("/healthy", Scripts.ok());
        List<String> ids = Stage.idsOf(0, 2);
        stage.subscribe(
                ids.get(0), silent.url().toString(), s -> s.setTimeoutMs(1_000).setRetrySchedule("1h"));
        stage.subscribe(ids.get(1), healthy.url().toString());
        for (int i = 0; i < 20; i++) {
            stage.deliver(ids.toArray(String[]::new));
        }
        stage.deliverer();

        healthy.awaitCount(20, Duration.ofSeconds(20));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .filteredOn(attempt -> attempt.getReason() == Reason.TIMEOUT)
                        .hasSize(20));
    }

    @Test
    void shouldMakeDueRetriesWhileABacklogOfFirstAttemptsWaits() throws Exception {
        ScriptedEndpoint busy = stage.receiver.endpoint("/busy", Scripts.slow(Duration.ofMillis(200)));
        ScriptedEndpoint flaky = stage.receiver.endpoint("/flaky", Scripts.failFirst(1, 500));
        List<String> ids = Stage.idsOf(3, 2);
        stage.subscribe(ids.get(0), busy.url().toString(), s -> s.setMaxInFlight(1));
        stage.subscribe(ids.get(1), flaky.url().toString(), s -> s.setRetrySchedule("1s"));
        stage.deliver(ids.get(1));
        for (int i = 0; i < 200; i++) {
            stage.deliver(ids.get(0));
        }
        stage.deliverer(Map.of("deliverer.partition.deliveries.max", "20"));

        flaky.awaitCount(2, SOON);

        assertThat(busy.count()).isLessThan(150);
    }

    @Test
    void shouldKeepWhatItCannotReadAndGoOn() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/ok", Scripts.ok());
        stage.subscribe("ok", endpoint.url().toString());
        int partition = Stage.partition("ok");
        stage.deliverRaw(partition, "garbage".getBytes(UTF_8));
        stage.deliverRaw(partition, new byte[] {0, 0, 0, 99, 99, 1, 2, 3});
        stage.deliverRaw(partition, null);
        stage.deliver("ok");
        stage.deliverer();

        endpoint.awaitCount(1, SOON);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.pipelineDead())
                        .extracting(dead -> dead.getFault())
                        .containsExactly(
                                PipelineFault.UNDECODABLE, PipelineFault.UNKNOWN_SCHEMA, PipelineFault.UNDECODABLE));
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.committed()).isGreaterThanOrEqualTo(4));
    }

    @Test
    void shouldSkipABadSubscriptionRecordAndDeadLetterWhatItGets() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/ok", Scripts.ok());
        List<String> ids = Stage.idsOf(2, 4);
        stage.subscribe(ids.get(0), "ftp://nowhere");
        stage.write(stage.names.subscriptions(), ids.get(1), "garbage".getBytes(UTF_8));
        stage.subscribe(ids.get(2), endpoint.url().toString());
        stage.subscribe(ids.get(3), endpoint.url().toString(), newer -> newer.setFormatVersion(2));
        stage.deliver(ids.toArray(String[]::new));
        stage.deliverer();

        endpoint.awaitCount(1, SOON);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.dead()).hasSize(3).allSatisfy(dead -> {
                    assertThat(dead.getCause()).isEqualTo(DeadCause.UNDELIVERABLE);
                    assertThat(dead.getReason()).isEqualTo(Reason.SUBSCRIPTION_INVALID);
                }));
        assertThat(stage.dead())
                .extracting(DeadLetter::getDetail)
                .anyMatch(detail -> detail.contains("ftp://nowhere") && detail.contains("https://"))
                .anyMatch(detail -> detail.contains("formatVersion 2") && detail.contains("Upgrade"));
    }
}
