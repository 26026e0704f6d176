package io.hookline.deliverer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.NextStep;
import io.hookline.avro.Reason;
import io.hookline.avro.Secret;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.Scripts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whom a whole deliverer calls, and as whom. */
class DelivererTrustIT extends OnStage {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With the shipped settings this machine is out of reach, whatever a subscription says. */
    @Test
    void shouldNotCallWhereItMayNot() throws Exception {
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/local", Scripts.ok());
        stage.subscribe("local", endpoint.url().toString(), s -> s.setRetrySchedule("1h"));
        stage.subscribe("name", "https://localhost:" + stage.receiver.port() + "/local", s -> s.setRetrySchedule("1h"));
        stage.deliver("local");
        stage.deliver("name");
        stage.deliverer(Map.of(
                "deliverer.endpoint.schemes", "https",
                "deliverer.endpoint.ports", "1-65535",
                "deliverer.endpoint.networks", ""));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts()).hasSize(2).allSatisfy(attempt -> {
                    assertThat(attempt.getReason()).isEqualTo(Reason.ADDRESS_REFUSED);
                    assertThat(attempt.getNext()).isEqualTo(NextStep.RETRY);
                    assertThat(attempt.getStatus()).isNull();
                }));
        assertThat(endpoint.count()).isZero();
    }

    /** A token server that is down is not the endpoint's failure: the delivery waits, and its attempts are those that were sent. */
    @Test
    void shouldCountNoAttemptWhileThereIsNoToken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Reply token = Reply.status(200)
                .header("Content-Type", "application/json")
                .body("{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}".getBytes(UTF_8));
        ScriptedEndpoint tokens = stage.receiver.endpoint(
                "/token", (request, times) -> asked.incrementAndGet() == 1 ? Reply.status(503) : token);
        ScriptedEndpoint endpoint = stage.receiver.endpoint("/hooks", Scripts.ok());
        stage.subscribe(
                "oauth",
                endpoint.url().toString(),
                s -> s.setRetrySchedule("1h")
                        .setAuth(EndpointAuth.newBuilder()
                                .setKind(AuthKind.OAUTH2_CLIENT_CREDENTIALS)
                                .setUser("me")
                                .setSecret(new Secret(ByteBuffer.wrap("s3cret".getBytes(UTF_8)), "", ""))
                                .setTokenUrl(tokens.url().toString())
                                .build()));
        stage.deliver("oauth");
        stage.deliverer();

        assertThat(endpoint.awaitCount(1, PATIENCE).get(0).header("Authorization"))
                .contains("Bearer t1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stage.attempts())
                        .singleElement()
                        .satisfies(attempt -> {
                            assertThat(attempt.getAttempt()).isEqualTo(1);
                            assertThat(attempt.getReason()).isEqualTo(Reason.SUCCESS);
                        }));
        assertThat(stage.dead()).isEmpty();
    }
}
