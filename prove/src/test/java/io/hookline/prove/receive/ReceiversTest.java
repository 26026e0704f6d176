package io.hookline.prove.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.hookline.prove.check.Request;
import io.hookline.prove.process.Ports;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReceiversTest {
    private static final String ORDER = """
            {"type":"order.shipped","timestamp":"2026-11-24T08:00:00Z","data":{"orderId":"k1-7","quantity":2}}""";
    private static final String USER = """
            {"type":"user_register","timestamp":"2026-11-24T08:00:00Z","data":{"userId":"k1","email":"k1-8@example.org"}}""";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldWriteDownWhatCameAndWhatItMakesOfIt() throws Exception {
        Path file = directory.resolve("requests.log");
        try (Receivers receivers = Receivers.start(new Ports(), file)) {
            Receivers.Address one = receivers.endpoint("one", Behaviour.failsFirst(1), new SplittableRandom(1));
            assertThat(send(one, one.secret(), "msg_1", ORDER)).isEqualTo(503);
            assertThat(send(one, one.secret(), "msg_1", ORDER)).isEqualTo(200);
            String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
            assertThat(send(one, other, "msg_2", USER)).isEqualTo(503);
            receivers.behave("one", Behaviour.dead());
            assertThat(send(one, one.secret(), "msg_1", ORDER)).isEqualTo(500);
            assertThat(receivers.requests()).isEqualTo(4);
        }

        List<Request> read = ReceiverLog.read(file);
        assertThat(read).extracting(Request::status).containsExactly(503, 200, 503, 500);
        assertThat(read).extracting(Request::isVerified).containsExactly(true, true, false, true);
        assertThat(read).extracting(Request::eventId).containsExactly("k1-7", "k1-7", "k1-8", "k1-7");
        assertThat(read).extracting(Request::type).contains("order.shipped", "user_register");
        assertThat(read).allSatisfy(request -> {
            assertThat(request.subscription()).isEqualTo("one");
            assertThat(request.sentAtMs()).isPositive().isLessThanOrEqualTo(request.receivedAtMs());
            assertThat(request.endedAtMs()).isGreaterThanOrEqualTo(request.receivedAtMs());
        });
    }

    @Test
    void shouldRefuseConnectionsWhileItIsDownAndBehaveAsBeforeAfterwards() throws Exception {
        try (Receivers receivers = Receivers.start(new Ports(), directory.resolve("requests.log"))) {
            Receivers.Address one = receivers.endpoint("one", Behaviour.ok(), new SplittableRandom(1));
            receivers.behave("one", Behaviour.dead());
            receivers.goDown();
            Assertions.assertThatThrownBy(() -> send(one, one.secret(), "msg_1", ORDER))
                    .isInstanceOf(ConnectException.class);
            receivers.comeUp();
            assertThat(send(one, one.secret(), "msg_1", ORDER)).isEqualTo(500);
        }
    }

    private int send(Receivers.Address address, String secret, String id, String body) throws Exception {
        Instant now = Instant.now();
        String signature = new Webhook(secret).sign(id, now.getEpochSecond(), body);
        return client.send(
                        HttpRequest.newBuilder(URI.create(address.url()))
                                .header("webhook-id", id)
                                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                                .header("webhook-signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
