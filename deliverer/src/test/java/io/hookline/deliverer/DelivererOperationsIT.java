package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.OperationalEvents;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.UnusableTopicsException;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a deliverer makes known: events about endpoints, and that most of them give no answer. */
class DelivererOperationsIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void shouldTellThatADeliveryIsExhaustedAndAnEndpointDisabledWithTheTenantOfTheSubscription() throws Exception {
        ScriptedEndpoint down = stage.receiver.endpoint("/down", Scripts.always(Reply.status(503)));
        ScriptedEndpoint gone = stage.receiver.endpoint("/gone", Scripts.gone());
        stage.subscribe("down", down.url().toString(), s -> s.setRetrySchedule("1s"));
        stage.subscribe("gone", gone.url().toString());
        stage.deliver("down");
        stage.deliver("gone");
        stage.deliverer();

        await().atMost(SOON).untilAsserted(() -> assertThat(operations()).hasSize(2));

        assertThat(operations())
                .anySatisfy(event -> {
                    assertThat(header(event, EventHeaders.TYPE)).isEqualTo(OperationalEvents.DELIVERY_EXHAUSTED);
                    assertThat(header(event, EventHeaders.TENANT)).isEqualTo("t");
                    assertThat(header(event, EventHeaders.SUBJECT)).isEqualTo("down");
                    assertThat(new String(event.value(), UTF_8))
                            .contains(
                                    "\"subscription\":\"down\"",
                                    "\"attempts\":2",
                                    "\"reason\":\"UNAVAILABLE\"",
                                    "\"status\":503");
                })
                .anySatisfy(event -> {
                    assertThat(header(event, EventHeaders.TYPE)).isEqualTo(OperationalEvents.ENDPOINT_DISABLED);
                    assertThat(event.key()).isEqualTo("gone".getBytes(UTF_8));
                    assertThat(event.partition()).isEqualTo(Stage.partition("gone"));
                    assertThat(new String(event.value(), UTF_8)).contains("\"reason\":\"GONE\"");
                });
    }

    @Test
    void shouldTellNothingOfWhatBecomesOfItsOwnEvents() throws Exception {
        ScriptedEndpoint gone = stage.receiver.endpoint("/gone", Scripts.gone());
        ScriptedEndpoint down = stage.receiver.endpoint("/down", Scripts.always(Reply.status(500)));
        stage.subscribe("gone", gone.url().toString());
        stage.subscribe("down", down.url().toString(), s -> s.setRetrySchedule("1s"));
        for (String id : List.of("gone", "down")) {
            var delivery = stage.delivery(-1, List.of(id));
            delivery.setTopic(stage.names.operations());
            stage.deliver(delivery);
        }
        stage.deliverer();

        await().atMost(SOON).untilAsserted(() -> assertThat(stage.dead()).hasSize(2));
        assertThat(operations()).isEmpty();
    }

    @Test
    void shouldLeaveEndpointsAloneAfterOneFailureWhileMostGiveNoAnswer() throws Exception {
        List<ScriptedEndpoint> endpoints = new ArrayList<>();
        List<String> ids = Stage.idsOf(0, 15);
        for (String id : ids) {
            ScriptedEndpoint endpoint = stage.receiver.endpoint("/" + id, Scripts.neverAnswers());
            endpoints.add(endpoint);
            stage.subscribe(
                    id,
                    endpoint.url().toString(),
                    s -> s.setTimeoutMs(200).setMaxInFlight(1).setRetrySchedule("1s 1s 1s 1s"));
        }
        ScriptedEndpoint well = stage.receiver.endpoint("/well", Scripts.ok());
        stage.subscribe("well", well.url().toString());
        for (String id : ids) {
            for (int i = 0; i < 5; i++) {
                stage.deliver(id);
            }
        }
        Deliverer deliverer = stage.deliverer();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deliverer.stats().parked().sum())
                        .as("deliveries that wait without having been tried")
                        .isGreaterThanOrEqualTo(45));
        stage.deliver("well");
        well.awaitCount(1, SOON);

        endpoints.forEach(endpoint -> endpoint.script(Scripts.ok()));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(deliverer.stats().delivered().sum()).isEqualTo(76));
        assertThat(stage.dead()).isEmpty();
    }

    @Test
    void shouldRefuseToStartOnTopicsThatLoseWhatHasToWait() throws Exception {
        String retries = stage.names.deliveriesRetry(RetryTier.H10);
        stage.configure(retries, "retention.ms", "3600000");
        stage.configure(stage.names.deliveries(), "retention.bytes", "1000000");

        assertThatThrownBy(stage::deliverer)
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining("Topic '" + retries + "' has retention.ms=3600000")
                .hasMessageContaining("Set retention.ms=604800000.")
                .hasMessageContaining("Set retention.bytes=-1.");

        stage.configure(retries, "retention.ms", "-1");
        stage.configure(stage.names.deliveries(), "retention.bytes", "-1");
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/x", Scripts.ok());
        stage.subscribe("x", endpoint.url().toString());
        stage.deliver("x");
        Deliverer deliverer = stage.deliverer();
        endpoint.awaitCount(1, SOON);
        assertThat(deliverer.stats().longestTurnUs().get()).isPositive();
    }

    private List<ConsumerRecord<byte[], byte[]>> operations() {
        return stage.raw(stage.names.operations());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
