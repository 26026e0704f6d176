package io.hookline.testkit.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedReceiverTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path temp;

    private ScriptedReceiver receiver;

    @BeforeEach
    void start() {
        receiver = ScriptedReceiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void shouldRecordWhatItReceivedAndHowItAnswered() throws Exception {
        ScriptedEndpoint crm = receiver.endpoint("/crm", Scripts.ok());
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(crm.url() + "?x=1"))
                        .header("Webhook-Id", "msg_1")
                        .header("X-Two", "a")
                        .header("X-Two", "b")
                        .POST(BodyPublishers.ofString("{\"ü\":1}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(crm.requests()).hasSize(1);
        ReceivedRequest request = crm.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/crm?x=1");
        assertThat(request.webhookId()).contains("msg_1");
        assertThat(request.header("x-TWO")).contains("a");
        assertThat(request.headers()).contains(new HeaderField("X-Two", "b"));
        assertThat(request.body()).isEqualTo("{\"ü\":1}".getBytes(UTF_8));
        assertThat(request.receivedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        Outcome outcome = request.outcome().orElseThrow();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.ANSWERED);
        assertThat(outcome.status()).isEqualTo(200);
    }

    @Test
    void shouldFailFirstAttemptsOfEachIdAndCountThemApart() throws Exception {
        ScriptedEndpoint flaky = receiver.endpoint("/flaky", Scripts.failFirst(2, 503));
        assertThat(statuses(flaky, "a", "a", "b", "a", "b", "b", "a"))
                .containsExactly(503, 503, 503, 200, 503, 200, 200);
        assertThat(flaky.count()).isEqualTo(7);
        assertThat(flaky.distinctIds()).isEqualTo(2);
        assertThat(flaky.byId("a")).hasSize(4);
        assertThat(flaky.byId("nobody")).isEmpty();
        assertThat(flaky.answeredWith(503)).isEqualTo(4);
        assertThat(flaky.count(r -> r.webhookId().orElse("").equals("b"))).isEqualTo(3);
    }

    @Test
    void shouldCountRequestsWithoutIdEachAsFirst() throws Exception {
        ScriptedEndpoint flaky = receiver.endpoint("/flaky", Scripts.failFirst(1, 500));
        for (int i = 0; i < 2; i++) {
            assertThat(client.send(HttpRequest.newBuilder(flaky.url()).GET().build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(500);
        }
    }

    @Test
    void shouldPlayTheReadyMadeScripts() throws Exception {
        assertThat(statuses(receiver.endpoint("/gone", Scripts.gone()), "a")).containsExactly(410);
        assertThat(statuses(receiver.endpoint("/302", Scripts.status(302)), "a"))
                .containsExactly(302);
        assertThat(statuses(
                        receiver.endpoint(
                                "/turns", Scripts.sequence(Reply.status(500), Reply.status(429), Reply.status(204))),
                        "a",
                        "a",
                        "a",
                        "a"))
                .containsExactly(500, 429, 204, 204);
        ScriptedEndpoint busy = receiver.endpoint("/busy", Scripts.retryAfter(429, 7));
        HttpResponse<String> refused = post(busy, "a");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
        assertThat(post(busy, "a").statusCode()).isEqualTo(200);
        HttpResponse<String> judged = post(receiver.endpoint("/json", Scripts.jsonStatus("success")), "a");
        assertThat(judged.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(judged.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void shouldChangeTheScriptWhileRunning() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/a", Scripts.status(500));
        assertThat(statuses(endpoint, "x")).containsExactly(500);
        assertThat(receiver.endpoint("/a", Scripts.ok())).isSameAs(endpoint);
        assertThat(statuses(endpoint, "x")).containsExactly(200);
        assertThat(endpoint.count()).isEqualTo(2);
    }

    @Test
    void shouldAnswer404ElsewhereAndSayWhatCameThere() throws Exception {
        receiver.endpoint("/known", Scripts.ok());
        URI unknown = URI.create("http://127.0.0.1:" + receiver.port() + "/unknown");
        assertThat(client.send(HttpRequest.newBuilder(unknown).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
        assertThat(receiver.elsewhere().requests())
                .singleElement()
                .extracting(ReceivedRequest::path)
                .isEqualTo("/unknown");
    }

    @Test
    void shouldAnswer500WhenTheScriptThrowsAndGoOn() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/bug", (request, seen) -> {
            throw new IllegalStateException("bug in the test");
        });
        assertThat(statuses(endpoint, "a", "a")).containsExactly(500, 500);
    }

    @Test
    void shouldHoldNoThreadForDelayedAnswers() {
        Duration delay = Duration.ofMillis(700);
        ScriptedEndpoint slow = receiver.endpoint("/slow", Scripts.slow(delay));
        int threadsBefore = receiverThreads();
        long start = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(client.sendAsync(request(slow, "id-" + i), BodyHandlers.ofString()));
        }
        slow.awaitCount(200, Duration.ofSeconds(20));
        int threadsMeanwhile = receiverThreads();
        assertThat(threadsBefore).isPositive();
        answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        // One after the other they would take 140 s.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(delay, Duration.ofSeconds(30));
        assertThat(threadsMeanwhile).isLessThanOrEqualTo(threadsBefore + 1);
        assertThat(slow.requests())
                .allSatisfy(request -> assertThat(Duration.between(
                                request.receivedAt(),
                                request.outcome().orElseThrow().at()))
                        .isGreaterThanOrEqualTo(delay.minusMillis(5)));
    }

    @Test
    void shouldLeaveARequestUnansweredUntilTheClientLeaves() throws Exception {
        ScriptedEndpoint silent = receiver.endpoint("/silent", Scripts.neverAnswers());
        HttpRequest impatient = HttpRequest.newBuilder(silent.url())
                .timeout(Duration.ofMillis(300))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThatThrownBy(() -> client.send(impatient, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> silent.requests().get(0).outcome().isPresent());
        assertThat(silent.requests().get(0).outcome().orElseThrow().kind()).isEqualTo(Outcome.Kind.UNANSWERED);
    }

    @Test
    void shouldNotClaimToHaveAnsweredAClientThatLeftBeforeTheDelayedAnswer() throws Exception {
        ScriptedEndpoint slow = receiver.endpoint("/slow", Scripts.slow(Duration.ofMillis(800)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
            socket.getOutputStream()
                    .write("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx".getBytes(UTF_8));
            slow.awaitCount(1, Duration.ofSeconds(10));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> slow.requests().get(0).outcome().isPresent());
        assertThat(slow.requests().get(0).outcome().orElseThrow().kind()).isEqualTo(Outcome.Kind.UNANSWERED);
        assertThat(slow.answeredWith(200)).isZero();
    }

    @Test
    void shouldCloseTheConnectionInsteadOfAnswering() {
        ScriptedEndpoint rude = receiver.endpoint("/rude", Scripts.always(Reply.disconnect()));
        ScriptedEndpoint later =
                receiver.endpoint("/later", Scripts.always(new Reply.Disconnect(Duration.ofMillis(50))));
        for (ScriptedEndpoint endpoint : List.of(rude, later)) {
            assertThatThrownBy(() -> post(endpoint, "a")).isInstanceOf(IOException.class);
            assertThat(endpoint.requests().get(0).outcome().orElseThrow().kind())
                    .isEqualTo(Outcome.Kind.DISCONNECTED);
        }
    }

    @Test
    void shouldSendLargeAnswersInFull() throws Exception {
        byte[] large = new byte[5 << 20];
        ScriptedEndpoint endpoint = receiver.endpoint(
                "/large", Scripts.always(Reply.status(200).body(large).after(Duration.ofMillis(10))));
        HttpResponse<byte[]> answer = client.send(request(endpoint, "a"), BodyHandlers.ofByteArray());
        assertThat(answer.body()).hasSize(large.length);
    }

    @Test
    void shouldTakeBodiesUpToItsLimitAndCutOffLargerOnes() throws Exception {
        try (ScriptedReceiver small =
                ScriptedReceiver.builder().bodyBytesMax(1000).start()) {
            ScriptedEndpoint endpoint = small.endpoint("/a", Scripts.ok());
            assertThat(client.send(
                                    HttpRequest.newBuilder(endpoint.url())
                                            .POST(BodyPublishers.ofByteArray(new byte[1000]))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.send(
                            HttpRequest.newBuilder(endpoint.url())
                                    .POST(BodyPublishers.ofByteArray(new byte[1001]))
                                    .build(),
                            BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
            assertThat(endpoint.count()).isEqualTo(1);
        }
    }

    @Test
    void shouldAskOnceForTheBodyOfARequestThatExpectsIt() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/a", Scripts.ok());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
                            .getBytes(UTF_8));
            String asked = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(asked.length()), UTF_8))
                    .isEqualTo(asked);
            socket.getOutputStream().write("body".getBytes(UTF_8));
            String answered = "HTTP/1.1 200 OK\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(answered.length()), UTF_8))
                    .isEqualTo(answered);
        }
        assertThat(endpoint.requests().get(0).bodyText()).isEqualTo("body");
    }

    @Test
    void shouldKeepOnlyTheNewestRequestsButCountAll() throws Exception {
        try (ScriptedReceiver small = ScriptedReceiver.builder().requestsMax(2).start()) {
            ScriptedEndpoint endpoint = small.endpoint("/a", Scripts.failFirst(1, 500));
            assertThat(statuses(endpoint, "a", "b", "c", "a")).containsExactly(500, 500, 500, 200);
            assertThat(endpoint.requests().stream().map(r -> r.webhookId().orElseThrow()))
                    .containsExactly("c", "a");
            assertThat(endpoint.count()).isEqualTo(4);
        }
    }

    @Test
    void shouldSayHowManyCameWhenNotEnoughCame() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/a", Scripts.ok());
        post(endpoint, "a");
        assertThatThrownBy(() -> endpoint.awaitCount(2, Duration.ofMillis(50)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/a received 1 of 2 requests");
    }

    @Test
    void shouldTellItsListenerBeforeTheClientHasItsAnswer() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ScriptedReceiver listened = ScriptedReceiver.builder()
                .onEnded((request, outcome) ->
                        told.add(request.path() + " " + request.webhookId().orElseThrow() + " " + outcome.status()))
                .start()) {
            ScriptedEndpoint ok = listened.endpoint("/ok", Scripts.status(204));
            client.send(request(ok, "msg_1"), BodyHandlers.discarding());
            assertThat(told).containsExactly("/ok msg_1 204");

            ScriptedEndpoint silent = listened.endpoint("/silent", Scripts.neverAnswers());
            var unused = client.sendAsync(request(silent, "msg_2"), BodyHandlers.discarding());
            silent.awaitCount(1, Duration.ofSeconds(10));
        }
        assertThat(told).containsExactly("/ok msg_1 204", "/silent msg_2 0");
    }

    @Test
    void shouldWriteOneJsonLineARequestThatACheckerCanRead() throws Exception {
        Path file = temp.resolve("received.ndjson");
        Files.writeString(file, "{\"earlier\":true}\n");
        Instant now = Instant.parse("2026-11-24T12:00:00Z");
        try (ScriptedReceiver logged = ScriptedReceiver.builder()
                .logFile(file)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .start()) {
            ScriptedEndpoint ok = logged.endpoint("/ok", Scripts.ok());
            client.send(
                    HttpRequest.newBuilder(ok.url())
                            .header("webhook-id", "msg_1")
                            .POST(BodyPublishers.ofString("line\none \"quoted\" ü"))
                            .build(),
                    BodyHandlers.discarding());
            client.send(
                    HttpRequest.newBuilder(ok.url())
                            .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0}))
                            .build(),
                    BodyHandlers.discarding());
            logged.flushLog();
            assertThat(Files.readAllLines(file)).hasSize(3);

            ScriptedEndpoint silent = logged.endpoint("/silent", Scripts.neverAnswers());
            var unused = client.sendAsync(request(silent, "msg_2"), BodyHandlers.discarding());
            silent.awaitCount(1, Duration.ofSeconds(10));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode text = mapper.readTree(lines.get(1));
        assertThat(text.get("receivedAt").asText()).isEqualTo(now.toString());
        assertThat(text.get("endedAt").asText()).isEqualTo(now.toString());
        assertThat(text.get("path").asText()).isEqualTo("/ok");
        assertThat(text.get("body").asText()).isEqualTo("line\none \"quoted\" ü");
        assertThat(text.get("outcome").asText()).isEqualTo("answered");
        assertThat(text.get("status").asInt()).isEqualTo(200);
        assertThat(text.get("headers").toString()).contains("[\"webhook-id\",\"msg_1\"]");
        assertThat(mapper.readTree(lines.get(2)).get("bodyBase64").binaryValue())
                .containsExactly((byte) 0xff, (byte) 0);
        JsonNode unanswered = mapper.readTree(lines.get(3));
        assertThat(unanswered.get("outcome").asText()).isEqualTo("unanswered");
        assertThat(unanswered.get("status").asInt()).isZero();
    }

    @Test
    void shouldBreakPendingConnectionsAndEndItsThreadsOnClose() throws Exception {
        ScriptedEndpoint silent = receiver.endpoint("/silent", Scripts.neverAnswers());
        ScriptedEndpoint slow = receiver.endpoint("/slow", Scripts.slow(Duration.ofMinutes(5)));
        var pending = client.sendAsync(request(silent, "a"), BodyHandlers.ofString());
        var delayed = client.sendAsync(request(slow, "a"), BodyHandlers.ofString());
        silent.awaitCount(1, Duration.ofSeconds(10));
        slow.awaitCount(1, Duration.ofSeconds(10));

        receiver.close();

        for (var answer : List.of(pending, delayed)) {
            assertThatThrownBy(() -> answer.orTimeout(10, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
        assertThat(slow.requests().get(0).outcome().orElseThrow().kind()).isEqualTo(Outcome.Kind.UNANSWERED);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> receiverThreads() == 0);
        try (ServerSocket free = new ServerSocket(receiver.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void shouldRefuseATakenPortBadPathsAndBadReplies() throws Exception {
        assertThatThrownBy(
                        () -> ScriptedReceiver.builder().port(receiver.port()).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + receiver.port());
        for (String path : List.of("crm", "/crm?x=1", "")) {
            assertThatThrownBy(() -> receiver.endpoint(path, Scripts.ok()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Reply.status(99)).hasMessageContaining("99");
        assertThatThrownBy(() -> Scripts.slow(Duration.ofMillis(-1))).hasMessageContaining("negative");
        assertThatThrownBy(Scripts::sequence).isInstanceOf(IllegalArgumentException.class);
    }

    private static int receiverThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("receiver-timer") || name.startsWith("server-"))
                .count();
    }

    private List<Integer> statuses(ScriptedEndpoint endpoint, String... ids) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String id : ids) {
            statuses.add(post(endpoint, id).statusCode());
        }
        return statuses;
    }

    private HttpResponse<String> post(ScriptedEndpoint endpoint, String id) throws Exception {
        return client.send(request(endpoint, id), BodyHandlers.ofString());
    }

    private static HttpRequest request(ScriptedEndpoint endpoint, String id) {
        return HttpRequest.newBuilder(endpoint.url())
                .header(ReceivedRequest.WEBHOOK_ID, id)
                .POST(BodyPublishers.ofString("{}"))
                .build();
    }
}
