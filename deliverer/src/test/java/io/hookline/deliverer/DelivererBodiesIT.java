package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Reason;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bodies that are made beside the loop, sent by a whole deliverer. */
class DelivererBodiesIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static void verify(ReceivedRequest request) throws Exception {
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        new Webhook(Stage.SECRET).verify(request.bodyText(), HttpHeaders.of(headers, (name, value) -> true));
    }

    @Test
    void shouldSendAndSignWhatTheTransformMakesForEachOfMany() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/made", Scripts.ok());
        stage.subscribe("made", endpoint.url().toString(), s -> s.setTransform("{\"n\": data.number, \"of\": type}"));
        for (int i = 0; i < 200; i++) {
            stage.deliver("made");
        }
        stage.deliverer();

        List<ReceivedRequest> requests = endpoint.awaitCount(200, SOON);

        for (ReceivedRequest request : requests) {
            assertThat(request.bodyText())
                    .matches("\\{\"type\":\"user_register\",\"timestamp\":\"2026-11-24T08:30:00Z\","
                            + "\"data\":\\{\"n\":\\d+,\"of\":\"user_register\"}}");
            verify(request);
        }
        assertThat(endpoint.distinctIds()).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.committed()).isEqualTo(200));
    }

    @Test
    void shouldDeadLetterWhatTheTransformFailsOnAndHurtNobodyElse() throws Exception {
        List<String> ids = Stage.idsOf(1, 3);
        ScriptedEndpoint bad = stage.receiver.endpoint("/bad", Scripts.ok());
        ScriptedEndpoint endless = stage.receiver.endpoint("/endless", Scripts.ok());
        ScriptedEndpoint good = stage.receiver.endpoint("/good", Scripts.ok());
        stage.subscribe(ids.get(0), bad.url().toString(), s -> s.setTransform("$error('not this one')"));
        stage.subscribe(
                ids.get(1),
                endless.url().toString(),
                s -> s.setTransform("($f := function($n) { $f($n + 1) }; $f(0))"));
        stage.subscribe(ids.get(2), good.url().toString());
        for (int i = 0; i < 5; i++) {
            stage.deliver(ids.toArray(String[]::new));
        }
        stage.deliverer();

        good.awaitCount(5, SOON);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.dead())
                        .hasSize(10)
                        .allSatisfy(letter -> assertThat(letter.getReason()).isEqualTo(Reason.TRANSFORM_FAILED))
                        .anySatisfy(letter -> assertThat(letter.getDetail()).contains("not this one"))
                        .anySatisfy(letter -> assertThat(letter.getDetail()).contains("it ")));
        assertThat(bad.requests()).isEmpty();
        assertThat(endless.requests()).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(stage.committed()).isEqualTo(5));
    }

    @Test
    void shouldSendCloudEventsWithTheirHeadersSigned() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/ce", Scripts.ok());
        stage.subscribe("ce", endpoint.url().toString(), s -> s.setPayloadFormat(PayloadFormat.CLOUDEVENTS_BINARY));
        stage.deliver("ce");
        stage.deliverer();

        ReceivedRequest request = endpoint.awaitCount(1, SOON).get(0);

        assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"number\":0}");
        assertThat(request.header("ce-type")).contains("user_register");
        assertThat(request.header("ce-specversion")).contains("1.0");
        assertThat(request.header("content-type")).contains("application/json");
        verify(request);
    }
}
