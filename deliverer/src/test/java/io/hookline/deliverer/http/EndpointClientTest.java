package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.testkit.receiver.HostileReceiver;
import io.hookline.testkit.receiver.Mischief;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-behaved endpoints: what is sent, and what comes back. */
@Timeout(120)
class EndpointClientTest {
    private final TestClient client = new TestClient();
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

    private static Reply answer(int status, byte[] body) {
        return Reply.status(status).body(body);
    }

    @Test
    void shouldSendOnePostAsItWasGiven() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        byte[] body = {'{', '}', 0, (byte) 0xff, '\r', '\n'};
        OutboundRequest request = new OutboundRequest(
                EndpointUrl.parse(endpoint.url() + "?token=a%20b&c"),
                List.of(
                        Map.entry("X-First", "1"),
                        Map.entry("webhook-id", "msg_1"),
                        Map.entry("webhook-signature", "v1,a= v1,b="),
                        Map.entry("X-First", "2")),
                body,
                "application/json");
        assertThat(client.send(request).response().status()).isEqualTo(200);

        ReceivedRequest received = endpoint.requests().get(0);
        assertThat(endpoint.count()).isEqualTo(1);
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo("/hooks?token=a%20b&c");
        assertThat(received.body()).isEqualTo(body);
        assertThat(received.header("Host")).contains("127.0.0.1:" + receiver.port());
        assertThat(received.header("User-Agent")).contains("Hookline/test");
        assertThat(received.header("Content-Type")).contains("application/json");
        assertThat(received.header("Content-Length")).contains("6");
        assertThat(received.header("webhook-signature")).contains("v1,a= v1,b=");
        assertThat(received.headers().stream()
                        .filter(header -> header.name().equals("X-First"))
                        .map(header -> header.value()))
                .containsExactly("1", "2");
        assertThat(received.headers().stream().map(header -> header.name().toLowerCase(Locale.ROOT)))
                .as("nothing else")
                .containsExactlyInAnyOrder(
                        "x-first",
                        "webhook-id",
                        "webhook-signature",
                        "x-first",
                        "host",
                        "user-agent",
                        "content-type",
                        "content-length",
                        "connection");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "application/octet-stream, application/octet-stream",
        "'application/json; charset=utf-8', 'application/json; charset=utf-8'",
        "'application/vnd.acme.order+json;v=2', 'application/vnd.acme.order+json; v=2'",
        "'text/plain; charset=klingon', 'text/plain; charset=klingon'",
        "'no media type at all', 'no media type at all'",
        "'evil\r\nX-Injected: 1', ''"
    })
    void shouldSendWhateverContentTypeAnEventHas(String given, String sent) {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        EndpointUrl url = EndpointUrl.parse(endpoint.url().toString());
        Answer answer = client.send(new OutboundRequest(url, List.of(), new byte[] {1, 2}, given))
                .await();
        assertThat(answer).isInstanceOf(Answer.Response.class);
        ReceivedRequest received = endpoint.requests().get(0);
        assertThat(received.header("X-Injected")).isEmpty();
        assertThat(received.body()).containsExactly(1, 2);
        if (!sent.isEmpty()) {
            assertThat(received.header("Content-Type").map(String::strip)).contains(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?", "//a", "//a//b/", "/a/./b/../c", "/a;b=c:d@e", "/%E4%f6?x=%00", "/a?b=c?d=/e&&"})
    void shouldAskForThePathAsItIsWritten(String path) {
        List<String> heads = new CopyOnWriteArrayList<>();
        Mischief listening = conversation -> {
            heads.add(conversation.readRequest());
            conversation.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        };
        try (HostileReceiver peer = HostileReceiver.start(listening)) {
            URI url = URI.create("http://127.0.0.1:" + peer.url().getPort() + path);
            assertThat(client.send(url).response().status()).isEqualTo(200);
            assertThat(heads.get(0)).startsWith("POST " + path + " HTTP/1.1\r\n");
        }
    }

    @Test
    void shouldReportEveryStatusAndTryNothingTwice() {
        List<Reports> all = new ArrayList<>();
        for (int status = 200; status < 600; status++) {
            int answered = status;
            ScriptedEndpoint endpoint = receiver.endpoint(
                    "/" + status,
                    Scripts.always(Reply.status(answered)
                            .header("Retry-After", "0")
                            .header("WWW-Authenticate", "Basic realm=\"x\"")
                            .header("Proxy-Authenticate", "Basic realm=\"x\"")));
            all.add(client.send(endpoint.url()));
        }
        for (int status = 200; status < 600; status++) {
            Answer.Response response = all.get(status - 200).response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.retryAfter()).isEqualTo("0");
            assertThat(response.isWhole()).isTrue();
        }
        for (int status = 200; status < 600; status++) {
            assertThat(receiver.endpoint("/" + status, Scripts.ok()).count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void shouldFollowNoRedirect(int status) {
        ScriptedEndpoint elsewhere = receiver.endpoint("/elsewhere", Scripts.ok());
        ScriptedEndpoint endpoint = receiver.endpoint(
                "/hooks",
                Scripts.always(
                        Reply.status(status).header("Location", elsewhere.url().toString())));
        assertThat(client.send(endpoint.url()).response().status()).isEqualTo(status);
        assertThat(client.send(endpoint.url()).response().status()).isEqualTo(status);
        assertThat(elsewhere.count()).isZero();
        assertThat(endpoint.count()).isEqualTo(2);
    }

    @Test
    void shouldKeepNoCookie() {
        ScriptedEndpoint endpoint =
                receiver.endpoint("/hooks", Scripts.always(Reply.status(200).header("Set-Cookie", "a=b; Path=/")));
        client.send(endpoint.url()).await();
        client.send(endpoint.url()).await();
        assertThat(endpoint.requests().get(1).header("Cookie")).isEmpty();
    }

    /** A small answer that would unpack to gigabytes stays small. */
    @Test
    void shouldUnpackNothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[2_000_000]);
        }
        ScriptedEndpoint endpoint = receiver.endpoint(
                "/hooks",
                Scripts.always(
                        Reply.status(200).header("Content-Encoding", "gzip").body(packed.toByteArray())));
        Answer.Response response = client.send(endpoint.url()).response();
        assertThat(response.body()).isEqualTo(packed.toByteArray()).hasSizeLessThan(4_096);
        assertThat(endpoint.requests().get(0).header("Accept-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4096, 0, true",
        "1, 4096, 1, true",
        "4095, 4096, 4095, true",
        "4096, 4096, 4096, true",
        "4097, 4096, 4096, true",
        "65536, 4096, 4096, true",
        "65535, 65536, 65535, true",
        "65536, 65536, 65536, true",
        "65537, 65536, 65536, false",
        "65537, 4096, 4096, false",
        "10000000, 65536, 65536, false",
        "100, 0, 0, true"
    })
    void shouldKeepTheFirstBytesOfABody(int length, int keep, int kept, boolean isWhole) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (i * 31 + i / 256);
        }
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.always(answer(200, body)));
        client.know("127.0.0.1");
        Reports reports = new Reports();
        client.client.send(TestClient.request(endpoint.url()), keep, reports);
        Answer.Response response = reports.response();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Arrays.copyOf(body, kept));
        assertThat(response.isWhole()).isEqualTo(isWhole);
    }

    @Test
    void shouldSendLargeBodies() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        byte[] body = new byte[5_000_000];
        Arrays.fill(body, (byte) 'x');
        assertThat(client.send(TestClient.request(endpoint.url(), body))
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(endpoint.requests().get(0).body()).isEqualTo(body);
        assertThat(client.send(TestClient.request(endpoint.url(), new byte[0]))
                        .response()
                        .status())
                .isEqualTo(200);
    }

    /** Answers as {@code answer} says to every request on a connection. */
    private static Mischief always(String answer) {
        return conversation -> {
            while (true) {
                conversation.readRequest();
                conversation.send(answer);
            }
        };
    }

    @Test
    void shouldUseAConnectionAgain() {
        try (HostileReceiver peer = HostileReceiver.start(always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.send(peer.url()).response().body()).isEqualTo("ok".getBytes(UTF_8));
            }
            // The answer is told a moment before its connection is free.
            assertThat(peer.connections()).isLessThan(10);
        }
    }

    @Test
    void shouldNotUseAConnectionBeyondItsTime() {
        try (TestClient brief = new TestClient(new HttpSettings(Anywhere.REACH, "t", 5_000, 100, 100, 1, 60_000));
                HostileReceiver peer = HostileReceiver.start(always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            brief.send(peer.url()).response();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                brief.send(peer.url()).response();
                assertThat(peer.connections()).isGreaterThan(1);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
                "HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\nX-Trailer: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=-1, max=zzz\r\nContent-Length: 4\r\n\r\nbody",
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
            })
    void shouldReadWhatServersOfAllAgesAnswer(String answer) {
        Mischief once = conversation -> {
            conversation.readRequest();
            conversation.send(answer);
        };
        try (HostileReceiver peer = HostileReceiver.start(once)) {
            Answer.Response response = client.send(peer.url()).response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("body".getBytes(ISO_8859_1));
            assertThat(response.isWhole()).isTrue();
            // A server that closed without a word is noticed, if not at once.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.send(peer.url()).await() instanceof Answer.Response);
        }
    }

    @Test
    void shouldWaitForTheAnswerBehindInformation() {
        Mischief informed = conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\n");
            conversation.send(
                    "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        };
        try (HostileReceiver peer = HostileReceiver.start(informed)) {
            assertThat(client.send(peer.url()).response().status()).isEqualTo(201);
        }
    }

    @Test
    void shouldTakeTheFirstRetryAfter() {
        ScriptedEndpoint endpoint = receiver.endpoint(
                "/hooks",
                Scripts.always(Reply.status(503).header("retry-AFTER", " 7 ").header("Retry-After", "9")));
        assertThat(client.send(endpoint.url()).response().retryAfter()).isEqualTo("7");
    }

    /** Idle connections of many endpoints would use up the process's file descriptors. */
    @Test
    void shouldCloseIdleConnectionsBeyondTheTotal() {
        List<HostileReceiver> peers = new ArrayList<>();
        try (TestClient few = new TestClient(new HttpSettings(Anywhere.REACH, "t", 5_000, 3, 100, 60_000, 60_000))) {
            for (int i = 0; i < 10; i++) {
                peers.add(HostileReceiver.start(always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
            }
            List<Reports> all = peers.stream().map(peer -> few.send(peer.url())).toList();
            all.forEach(reports -> assertThat(reports.response().status()).isEqualTo(200));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> peers.stream()
                                    .mapToInt(HostileReceiver::openConnections)
                                    .sum()
                            <= 3);
            peers.forEach(
                    peer -> assertThat(few.send(peer.url()).response().status()).isEqualTo(200));
        } finally {
            peers.forEach(HostileReceiver::close);
        }
    }

    @Test
    void shouldNotSendToANameThatWasNotLookedUp() {
        Reports reports = new Reports();
        client.client.send(TestClient.request(URI.create("http://unknown.example/")), 10, reports);
        assertThat(reports.failure().reason()).isEqualTo(Reason.NAME_NOT_RESOLVED);
        assertThat(reports.failure().detail()).contains("unknown.example");
    }

    @Test
    void shouldLiveOnWhereAReportFails() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        client.know("127.0.0.1");
        for (int i = 0; i < 10; i++) {
            client.client.send(TestClient.request(endpoint.url()), 10, answer -> {
                throw new IllegalStateException("a report that fails");
            });
        }
        endpoint.awaitCount(10, Duration.ofSeconds(20));
        assertThat(client.send(endpoint.url()).response().status()).isEqualTo(200);
        assertThat(client.client.isRunning()).isTrue();
        client.close();
        assertThat(client.client.isRunning()).isFalse();
    }

    @Test
    void shouldReportOnceAfterItWasClosed() {
        ScriptedEndpoint endpoint = receiver.endpoint("/hooks", Scripts.ok());
        client.know("127.0.0.1");
        client.close();
        Reports reports = client.send(endpoint.url());
        assertThat(reports.await()).isInstanceOf(Answer.Failure.class);
        assertThat(reports.all()).hasSize(1);
        assertThat(endpoint.count()).isZero();
    }
}
