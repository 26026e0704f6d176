package io.hookline.deliverer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Attempt;
import io.hookline.avro.NextStep;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliverers that come and go. */
class DelivererMembershipIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void shouldKeepRetriesAndTheirCountOverARestart() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/flaky", Scripts.failFirst(2, 503));
        stage.subscribe("flaky", endpoint.url().toString(), s -> s.setRetrySchedule("3s 3s 3s"));
        stage.deliver("flaky");
        Deliverer first = stage.deliverer();
        endpoint.awaitCount(1, SOON);
        await().atMost(SOON).until(() -> stage.attempts().size() == 1);
        first.close();

        stage.deliverer();

        endpoint.awaitCount(3, SOON);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .extracting(Attempt::getAttempt)
                        .containsExactly(1, 2, 3));
    }

    @Test
    void shouldShareTheWorkAndHandItOverWhenOneLeaves() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.slow(Duration.ofMillis(20)));
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "s" + i).toList();
        ids.forEach(id -> stage.subscribe(id, endpoint.url().toString()));
        Deliverer first = stage.deliverer();
        Deliverer second = stage.deliverer();
        for (int round = 0; round < 50; round++) {
            ids.forEach(id -> stage.deliver(id));
        }
        await().atMost(SOON)
                .until(() -> first.stats().delivered().sum() > 0
                        && second.stats().delivered().sum() > 0);

        second.close();
        for (int round = 0; round < 10; round++) {
            ids.forEach(id -> stage.deliver(id));
        }

        endpoint.awaitCount(60 * 40, SOON);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .filteredOn(attempt -> attempt.getNext() == NextStep.DELIVERED)
                        .hasSize(60 * 40));
        assertThat(endpoint.distinctIds()).isEqualTo(60 * 40);
        assertThat(endpoint.count()).isEqualTo(60 * 40);
    }

    @Test
    void shouldLoseAndRepeatNothingOverCleanRestarts() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/all", Scripts.slow(Duration.ofMillis(5)));
        List<String> ids = IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();
        ids.forEach(id -> stage.subscribe(id, endpoint.url().toString()));
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                ids.forEach(id -> stage.deliver(id));
            }
            Deliverer deliverer = stage.deliverer();
            long wanted = round * 400L + 100;
            await().atMost(SOON).until(() -> endpoint.count() >= wanted);
            deliverer.close();
        }
        stage.deliverer();

        endpoint.awaitCount(2_000, SOON);

        await().atMost(SOON).untilAsserted(() -> assertThat(stage.attempts()).hasSize(2_000));
        assertThat(endpoint.distinctIds()).isEqualTo(2_000);
        assertThat(endpoint.count()).isEqualTo(2_000);
    }
}
