package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.testkit.receiver.HostileReceiver;
import io.hookline.testkit.receiver.Mischief;
import io.hookline.testkit.receiver.Mischiefs;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that are down, slow, broken or malicious: each request is reported once, for the right reason, and costs little. */
@Timeout(120)
class HostileEndpointTest {
    private final TestClient client = new TestClient();

    @AfterEach
    void stop() {
        client.close();
    }

    private static Mischief answering(String text) {
        return conversation -> {
            conversation.readRequest();
            conversation.send(text);
        };
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("early close", Reason.CONNECTION_LOST, Mischiefs.earlyClose()),
                Arguments.of("closes after the request", Reason.CONNECTION_LOST, Mischiefs.closesAfterRequest()),
                Arguments.of("cut off in its status line", Reason.PROTOCOL_ERROR, answering("HTTP/1.1 20")),
                Arguments.of(
                        "cut off in its headers", Reason.CONNECTION_LOST, answering("HTTP/1.1 200 OK\r\nX: y\r\n")),
                Arguments.of("garbage", Reason.PROTOCOL_ERROR, Mischiefs.garbageStatusLine()),
                Arguments.of("another protocol", Reason.PROTOCOL_ERROR, answering("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
                Arguments.of("no number", Reason.PROTOCOL_ERROR, answering("HTTP/1.1 abc OK\r\n\r\n")),
                Arguments.of("negative status", Reason.PROTOCOL_ERROR, answering("HTTP/1.1 -1 OK\r\n\r\n")),
                Arguments.of("future version", Reason.PROTOCOL_ERROR, answering("HTTP/9.9 200 OK\r\n\r\n")),
                Arguments.of(
                        "header without colon",
                        Reason.PROTOCOL_ERROR,
                        answering("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n")),
                Arguments.of(
                        "no length", Reason.PROTOCOL_ERROR, answering("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")),
                Arguments.of(
                        "negative length",
                        Reason.PROTOCOL_ERROR,
                        answering("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")),
                Arguments.of(
                        "unknown coding",
                        Reason.PROTOCOL_ERROR,
                        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: zip\r\n\r\n")),
                Arguments.of("endless headers", Reason.PROTOCOL_ERROR, Mischiefs.endlessHeaders()),
                Arguments.of("endless header line", Reason.PROTOCOL_ERROR, Mischiefs.endlessHeaderLine()),
                Arguments.of(
                        "endless status line",
                        Reason.PROTOCOL_ERROR,
                        answering("HTTP/1.1 200 " + "x".repeat(100_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void shouldNameTheReason(String name, Reason reason, Mischief mischief) {
        try (HostileReceiver peer = HostileReceiver.start(mischief)) {
            Reports reports = client.send(peer.url());
            assertThat(reports.failure().reason())
                    .as(reports.failure().detail())
                    .isEqualTo(reason);
            assertThat(reports.failure().detail())
                    .isNotBlank()
                    .hasSizeLessThan(400)
                    .doesNotContain("\n", "\r", "\u0000");
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            assertThat(reports.all()).hasSize(1);
        }
    }

    static Stream<Arguments> statusesWithoutAWholeBody() {
        return Stream.of(
                Arguments.of("less than promised", 200, Mischiefs.contentLengthTooLong()),
                Arguments.of("endless chunks", 200, Mischiefs.endlessChunkedBody()),
                Arguments.of("huge body", 200, Mischiefs.hugeBody(1L << 33)),
                Arguments.of(
                        "broken chunk",
                        202,
                        answering("HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")),
                Arguments.of(
                        "cut off in a chunk",
                        500,
                        answering("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc")),
                Arguments.of(
                        "chunk beyond numbers",
                        204,
                        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc"
                                .replace("200", "204"))));
    }

    /** Whoever has sent a status line has answered: to send again would only make a duplicate. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("statusesWithoutAWholeBody")
    void shouldTakeTheStatusThoughTheBodyIsNotWhole(String name, int status, Mischief mischief) {
        try (HostileReceiver peer = HostileReceiver.start(mischief)) {
            Reports reports = client.send(peer.url());
            assertThat(reports.response().status()).isEqualTo(status);
            assertThat(reports.response().body()).hasSizeLessThanOrEqualTo(Answer.KEPT_BYTES_MAX);
            if (status != 204) {
                assertThat(reports.response().isWhole()).isFalse();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            assertThat(reports.all()).hasSize(1);
        }
    }

    @Test
    void shouldNotTakeOneRequestsAnswerForAnothers() {
        try (HostileReceiver peer = HostileReceiver.start(Mischiefs.contentLengthTooShort())) {
            for (int i = 0; i < 20; i++) {
                Answer answer = client.send(peer.url()).await();
                assertThat(answer instanceof Answer.Response response && response.status() == 200)
                        .as("request %d took what was sent behind the answer before: %s", i, answer)
                        .isFalse();
            }
        }
    }

    @Test
    void shouldAnswerOnceToContradictoryLengths() {
        try (HostileReceiver peer = HostileReceiver.start(Mischiefs.conflictingLengths())) {
            Reports reports = client.send(peer.url());
            reports.await();
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            assertThat(reports.all()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 099 x\r\n\r\n",
                "HTTP/1.1 1000 x\r\n\r\n"
            })
    void shouldNotTakeStrangeStatusesForSuccess(String answer) {
        try (HostileReceiver peer = HostileReceiver.start(answering(answer))) {
            Answer told = client.send(peer.url()).await();
            assertThat(told instanceof Answer.Response response && response.status() / 100 == 2)
                    .isFalse();
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Answer.Failure failure =
                client.send(URI.create("http://127.0.0.1:" + port + "/")).failure();
        assertThat(failure.reason()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(failure.detail()).contains("127.0.0.1");
    }

    @Test
    void shouldGiveUpConnectingAfterTheConnectTimeout() throws IOException {
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestClient brief =
                        new TestClient(new HttpSettings(Anywhere.REACH, "t", 300, 100, 100, 60_000, 60_000))) {
            // Linux drops what connects to a full queue: the handshake is never answered.
            for (int i = 0; i < 4; i++) {
                Socket filler = new Socket();
                fillers.add(filler);
                try {
                    filler.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    // The queue is full.
                }
            }
            URI url = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
            assertThat(brief.send(url).failure().reason()).isEqualTo(Reason.CONNECT_FAILED);
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void shouldSayThatTlsFailed() {
        Mischief refusal = conversation -> conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        try (HostileReceiver plain = HostileReceiver.start(refusal)) {
            URI url = URI.create("https://127.0.0.1:" + plain.url().getPort() + "/");
            assertThat(client.send(url).failure().reason()).isEqualTo(Reason.TLS_FAILED);
        }
        Mischief garbage = conversation -> conversation.send("x".repeat(10_000));
        try (HostileReceiver plain = HostileReceiver.start(garbage)) {
            URI url = URI.create("https://127.0.0.1:" + plain.url().getPort() + "/");
            assertThat(client.send(url).failure().reason()).isEqualTo(Reason.TLS_FAILED);
        }
    }

    private Reports expired(URI url, byte[] body) {
        Reports reports = new Reports();
        Exchange exchange = client.send(TestClient.request(url, body), reports);
        assertThat(reports.all()).isEmpty();
        exchange.expire();
        exchange.expire();
        return reports;
    }

    /** Reads the request, and then notices when the client closes. */
    private static Mischief silentUntilClosed() {
        return conversation -> {
            while (true) {
                conversation.readRequest();
            }
        };
    }

    static Stream<Arguments> neverEnding() {
        return Stream.of(
                Arguments.of("never answers", silentUntilClosed()),
                Arguments.of("endless information", Mischiefs.endlessInformational()),
                Arguments.of("a status line bit by bit", Mischiefs.drip(Duration.ofMillis(300))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neverEnding")
    void shouldEndWhatNeverEndsWhenItsTimeIsUp(String name, Mischief mischief) {
        try (HostileReceiver peer = HostileReceiver.start(mischief)) {
            Reports reports = new Reports();
            Exchange exchange = client.send(TestClient.request(peer.url(), new byte[4_000_000]), reports);
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.connections() == 1);
            assertThat(reports.all()).isEmpty();
            exchange.expire();
            assertThat(reports.failure())
                    .isEqualTo(new Answer.Failure(Reason.TIMEOUT, "no answer within the attempt's time"));
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            exchange.expire();
            assertThat(reports.all()).hasSize(1);
        }
    }

    @Test
    void shouldEndARequestThatIsNeverRead() {
        try (HostileReceiver peer = HostileReceiver.start(Mischiefs.acceptAndNeverRead())) {
            Reports reports = new Reports();
            Exchange exchange = client.send(TestClient.request(peer.url(), new byte[4_000_000]), reports);
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.connections() == 1);
            exchange.expire();
            assertThat(reports.failure().reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(reports.all()).hasSize(1);
        }
    }

    @Test
    void shouldTakeTheStatusOfASlowBodyWhenItsTimeIsUp() {
        Mischief slow = conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 201 Created\r\nContent-Length: 1000\r\nRetry-After: 9\r\n\r\nabc");
            conversation.readRequest();
        };
        try (HostileReceiver peer = HostileReceiver.start(slow)) {
            Reports reports = new Reports();
            Exchange exchange = client.send(TestClient.request(peer.url()), reports);
            await().atMost(Duration.ofSeconds(20)).until(exchange::hasStatus);
            exchange.expire();
            assertThat(reports.response().status()).isEqualTo(201);
            assertThat(reports.response().retryAfter()).isEqualTo("9");
            assertThat(reports.response().isWhole()).isFalse();
            assertThat("abc").startsWith(new String(reports.response().body(), UTF_8));
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            assertThat(reports.all()).hasSize(1);
        }
    }

    /**
     * What was given up must not go on: the connection is closed, whether it is new or was used before. Apache's client alone forgets to where
     * the connection stood before the call that asked for it had returned.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseTheConnectionOfWhatItGaveUp(boolean isUsedAgain) {
        Mischief silent = conversation -> {
            while (true) {
                String head = conversation.readRequest();
                if (head.startsWith("POST /answer ")) {
                    conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                } else if (head.startsWith("POST /begin ")) {
                    conversation.send("HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n");
                }
            }
        };
        try (HostileReceiver peer = HostileReceiver.start(silent)) {
            for (int i = 0; i < 200; i++) {
                if (isUsedAgain) {
                    assertThat(client.send(peer.url().resolve("/answer"))
                                    .response()
                                    .status())
                            .isEqualTo(200);
                }
                boolean isBegun = i % 2 == 0;
                URI url = peer.url().resolve(isBegun ? "/begin" : "/silent");
                Exchange exchange = client.send(TestClient.request(url), new Reports());
                if (isBegun) {
                    await().atMost(Duration.ofSeconds(20))
                            .pollInterval(Duration.ofMillis(1))
                            .until(exchange::hasStatus);
                }
                exchange.expire();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() <= 1);
            client.close();
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
        }
    }

    /** Reported as timed out, it will be tried again: the first one must not go out after that. */
    @Test
    void shouldNotSendWhatItGaveUp() {
        List<Integer> received = new CopyOnWriteArrayList<>();
        Mischief counting = conversation -> {
            while (true) {
                conversation.readRequest();
                received.add(1);
            }
        };
        try (TestClient one = new TestClient(new HttpSettings(Anywhere.REACH, "t", 5_000, 1, 1, 60_000, 60_000));
                HostileReceiver peer = HostileReceiver.start(counting)) {
            Reports first = new Reports();
            Exchange holding = one.send(TestClient.request(peer.url()), first);
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 1);
            List<Exchange> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(one.send(TestClient.request(peer.url()), new Reports()));
            }
            waiting.forEach(Exchange::expire);
            holding.expire();
            Exchange last = one.send(TestClient.request(peer.url()), new Reports());
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 2);
            last.expire();
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.openConnections() == 0);
            assertThat(received).hasSize(2);
        }
    }

    @Test
    void shouldEndARequestThatHasNotEvenConnected() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            assertThat(expired(url, new byte[10]).failure().reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    /** The deadline strikes at every moment of an answer, from several threads: one report each, and the client lives on. */
    @Test
    void shouldReportEachRequestOnceWhateverRaces() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ScriptedReceiver receiver = ScriptedReceiver.start()) {
            ScriptedEndpoint endpoint =
                    receiver.endpoint("/hooks", Scripts.always(Reply.status(200).body(new byte[3_000])));
            client.know("127.0.0.1");
            List<Reports> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Reports reports = new Reports();
                all.add(reports);
                Exchange exchange = client.send(TestClient.request(endpoint.url()), reports);
                long spin = ThreadLocalRandom.current().nextLong(1_500_000);
                for (int thread = 0; thread < 2; thread++) {
                    threads.execute(() -> {
                        long until = System.nanoTime() + spin;
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        exchange.expire();
                    });
                }
            }
            all.forEach(Reports::await);
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.send(endpoint.url()).response().status()).isEqualTo(200);
            assertThat(all).allSatisfy(reports -> assertThat(reports.all()).hasSize(1));
            assertThat(all)
                    .anyMatch(reports -> reports.await() instanceof Answer.Response response && response.isWhole());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldReportEverythingOnceWhenClosed() {
        List<Reports> all = new ArrayList<>();
        try (HostileReceiver silent = HostileReceiver.start(silentUntilClosed())) {
            for (int i = 0; i < 100; i++) {
                all.add(client.send(silent.url()));
            }
            client.close();
            assertThat(all).noneMatch(Reports::isEmpty);
            all.forEach(reports -> assertThat(reports.failure().reason()).isEqualTo(Reason.CONNECTION_LOST));
            await().atMost(Duration.ofSeconds(20)).until(() -> silent.openConnections() == 0);
            assertThat(all).allSatisfy(reports -> assertThat(reports.all()).hasSize(1));
        }
    }

    /** The caller is the loop: 1,000 requests to endpoints that do nothing must not hold it up. */
    @Test
    void shouldNeverBlockTheCaller() throws IOException {
        try (ServerSocket deaf = new ServerSocket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            client.know("127.0.0.1");
            byte[] body = new byte[1_000_000];
            List<Exchange> exchanges = new ArrayList<>();
            List<Reports> all = new ArrayList<>();
            long worst = 0;
            for (int i = 0; i < 1_000; i++) {
                Reports reports = new Reports();
                all.add(reports);
                long start = System.nanoTime();
                exchanges.add(client.send(TestClient.request(url, body), reports));
                worst = Math.max(worst, System.nanoTime() - start);
            }
            assertThat(worst).as("nanoseconds of the slowest call").isLessThan(TimeUnit.SECONDS.toNanos(2));
            exchanges.forEach(Exchange::expire);
            assertThat(all).allSatisfy(reports -> assertThat(reports.all()).hasSize(1));
        }
    }

    /** Reads far less than a hostile endpoint sends, and keeps less still. */
    @Test
    void shouldNotReadOnAfterItHasSeenEnough() {
        try (HostileReceiver endless = HostileReceiver.start(Mischiefs.endlessChunkedBody())) {
            List<Reports> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(client.send(endless.url()));
            }
            all.forEach(reports -> {
                assertThat(reports.response().status()).isEqualTo(200);
                assertThat(reports.response().body()).hasSize(Answer.KEPT_BYTES_MAX);
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> endless.openConnections() == 0);
        }
    }

    @Test
    void shouldEndAsALastResortWhatNobodyExpires() {
        try (TestClient brief = new TestClient(new HttpSettings(Anywhere.REACH, "t", 5_000, 100, 100, 60_000, 300));
                HostileReceiver silent = HostileReceiver.start(Mischiefs.neverAnswers())) {
            assertThat(brief.send(silent.url()).failure().reason()).isEqualTo(Reason.TIMEOUT);
        }
    }
}
