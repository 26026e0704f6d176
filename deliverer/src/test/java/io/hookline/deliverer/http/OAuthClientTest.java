package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.OAuthClient;
import io.hookline.testkit.receiver.HostileReceiver;
import io.hookline.testkit.receiver.Mischiefs;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that want a token, and token servers of all kinds. */
@Timeout(120)
class OAuthClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClient client = new TestClient();
    private final AtomicInteger given = new AtomicInteger();
    private ScriptedReceiver receiver;

    @BeforeEach
    void start() {
        receiver = ScriptedReceiver.start();
    }

    @AfterEach
    void stop() {
        client.close();
        receiver.close();
    }

    private static Reply json(int status, String body) {
        return Reply.status(status).header("Content-Type", "application/json").body(body.getBytes(UTF_8));
    }

    /** Gives t1, t2 and so on. */
    private ScriptedEndpoint tokenServer(int livesS) {
        return receiver.endpoint(
                "/token",
                (request, times) -> json(
                        200,
                        "{\"access_token\":\"t" + given.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":" + livesS + "}"));
    }

    /** Takes these tokens only. */
    private ScriptedEndpoint endpoint(String... tokens) {
        return receiver.endpoint(
                "/hooks",
                (request, times) -> Reply.status(
                        List.of(tokens).contains(request.header("Authorization").orElse("")) ? 200 : 401));
    }

    private OutboundRequest request(ScriptedEndpoint endpoint, URI tokenUrl) {
        OAuthClient oauth = new OAuthClient(EndpointUrl.parse(tokenUrl.toString()), "me", "s3cret", List.of("a", "b"));
        return new OutboundRequest(
                EndpointUrl.parse(endpoint.url().toString()),
                List.of(),
                new byte[] {'{', '}'},
                "application/json",
                new Auth(null, oauth, null));
    }

    @Test
    void shouldAskOnceAndSendTheTokenWithEveryRequest() {
        ScriptedEndpoint server = tokenServer(3_600);
        ScriptedEndpoint endpoint = endpoint("Bearer t1");
        List<Reports> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(client.send(request(endpoint, server.url())));
        }
        all.forEach(reports -> assertThat(reports.response().status()).isEqualTo(200));
        assertThat(endpoint.count()).isEqualTo(50);
        assertThat(server.count()).isEqualTo(1);
        ReceivedRequest asked = server.requests().get(0);
        assertThat(new String(asked.body(), UTF_8))
                .contains("grant_type=client_credentials")
                .contains("scope=a");
        assertThat(asked.header("Authorization"))
                .contains("Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8)));
        assertThat(asked.header("Content-Type").orElse("")).startsWith("application/x-www-form-urlencoded");
    }

    @Test
    void shouldRenewATokenThatIsRefusedOnceAndSendAgain() {
        ScriptedEndpoint server = tokenServer(3_600);
        ScriptedEndpoint endpoint = endpoint("Bearer t2");
        Reports reports = client.send(request(endpoint, server.url()));
        assertThat(reports.response().status()).isEqualTo(200);
        assertThat(server.count()).isEqualTo(2);
        assertThat(endpoint.count()).isEqualTo(2);
        assertThat(client.send(request(endpoint, server.url())).response().status())
                .isEqualTo(200);
        assertThat(server.count()).isEqualTo(2);
        assertThat(reports.all()).hasSize(1);
    }

    /** 401 with a fresh token as well is the endpoint's answer. */
    @Test
    void shouldRenewNoMoreThanOnce() {
        ScriptedEndpoint server = tokenServer(3_600);
        ScriptedEndpoint endpoint = endpoint();
        assertThat(client.send(request(endpoint, server.url())).response().status())
                .isEqualTo(401);
        assertThat(endpoint.count()).isEqualTo(2);
        assertThat(server.count()).isEqualTo(2);
    }

    @Test
    void shouldRenewBeforeATokenEnds() {
        ScriptedEndpoint server = tokenServer(1);
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        client.send(request(endpoint, server.url())).response();
        await().atMost(PATIENCE).until(() -> {
            client.send(request(endpoint, server.url())).response();
            return server.count() > 1;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500|oops",
                "400|{\"error\":\"invalid_client\"}",
                "401|{\"error\":\"invalid_client\"}",
                "200|{}",
                "200|",
                "200|{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "200|{\"access_token\":7}",
                "200|<html>t0ken</html>",
                "302|{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}",
                "200|{\"access_token\":\"a\\r\\nX-Injected: t0ken\",\"token_type\":\"Bearer\"}"
            })
    void shouldSendNothingWithoutAToken(String answer) {
        String[] parts = answer.split("\\|", -1);
        ScriptedEndpoint server =
                receiver.endpoint("/token", (request, times) -> json(Integer.parseInt(parts[0]), parts[1]));
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        Reports reports = client.send(request(endpoint, server.url()));
        assertThat(reports.failure().reason()).isEqualTo(Reason.AUTH_FAILED);
        assertThat(reports.failure().detail())
                .contains("OAuthClient[me at 127.0.0.1]")
                .doesNotContain("s3cret", "t0ken", "\n", "\r");
        assertThat(endpoint.count()).isZero();
    }

    @Test
    void shouldSayThatTheTokenServerIsDown() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        try (HostileReceiver peer = HostileReceiver.start(conversation -> conversation.reset())) {
            Reports reports = client.send(request(endpoint, peer.url()));
            assertThat(reports.failure().reason()).isEqualTo(Reason.AUTH_FAILED);
            assertThat(endpoint.count()).isZero();
        }
    }

    @Test
    void shouldReportWhatWaitsForATokenBeforeItIsClosed() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        try (HostileReceiver peer = HostileReceiver.start(Mischiefs.neverAnswers())) {
            Reports reports = client.send(request(endpoint, peer.url()));
            await().atMost(PATIENCE).until(() -> peer.connections() == 1);
            client.client.close();
            assertThat(reports.all()).hasSize(1);
            assertThat(reports.failure().reason()).isEqualTo(Reason.AUTH_FAILED);
        }
    }

    /** The attempt's time may end while the token server thinks: that is not the endpoint's time-out. */
    @Test
    void shouldEndInTimeWhereTheTokenServerDoesNotAnswer() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        try (HostileReceiver peer = HostileReceiver.start(Mischiefs.neverAnswers())) {
            Reports reports = new Reports();
            Sending sending = client.sending(request(endpoint, peer.url()), reports);
            await().atMost(PATIENCE).until(() -> peer.connections() == 1);
            assertThat(reports.isEmpty()).isTrue();
            sending.expire();
            assertThat(reports.failure().reason()).isEqualTo(Reason.AUTH_FAILED);
            assertThat(endpoint.count()).isZero();
        }
    }
}
