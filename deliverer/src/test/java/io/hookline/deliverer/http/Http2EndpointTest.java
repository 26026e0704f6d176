package io.hookline.deliverer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A TLS server that speaks HTTP/2 where the client offers it. */
@Timeout(120)
class Http2EndpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClient client = new TestClient();
    private final Queue<String> versions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger received = new AtomicInteger();

    @TempDir
    Path dir;

    private TestCertificate certificate;
    private TlsIdentity trust;
    private HttpAsyncServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        certificate = TestCertificate.make(dir, "server");
        trust = certificate.trust();
        server = serve(HttpVersionPolicy.NEGOTIATE, 0);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close(CloseMode.IMMEDIATE);
    }

    private HttpAsyncServer serve(HttpVersionPolicy policy, int wanted) throws Exception {
        HttpAsyncServer started = H2ServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setSoReuseAddress(true)
                        .build())
                .setVersionPolicy(policy)
                .setTlsStrategy(new H2ServerTlsStrategy(certificate.server()))
                .register("*", new Answering())
                .create();
        started.start();
        port = ((InetSocketAddress)
                        started.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), URIScheme.HTTPS)
                                .get(30, TimeUnit.SECONDS)
                                .getAddress())
                .getPort();
        return started;
    }

    /** By path: answers, answers at length, breaks off, or stays silent. */
    private final class Answering implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new BasicRequestConsumer<>(new BasicAsyncEntityConsumer());
        }

        @Override
        public void handle(Message<HttpRequest, byte[]> message, ResponseTrigger trigger, HttpContext context)
                throws HttpException, IOException {
            versions.add(String.valueOf(message.getHead().getVersion()));
            received.incrementAndGet();
            switch (String.valueOf(message.getHead().getPath())) {
                case "/silent" -> {}
                case "/broken" -> throw new HttpException("this stream ends here");
                case "/huge" -> answer(trigger, context, new byte[Answer.READ_BYTES_MAX * 4]);
                default -> answer(trigger, context, message.getBody());
            }
        }

        private void answer(ResponseTrigger trigger, HttpContext context, byte[] body)
                throws HttpException, IOException {
            trigger.submitResponse(
                    AsyncResponseBuilder.create(200)
                            .setEntity(new BasicAsyncEntityProducer(body, null))
                            .build(),
                    context);
        }
    }

    private OutboundRequest request(String path) {
        EndpointUrl url = EndpointUrl.parse("https://localhost:" + port + path);
        return new OutboundRequest(
                url, List.of(), new byte[] {'{', '}'}, "application/json", new Auth(null, null, trust));
    }

    @ParameterizedTest
    @EnumSource(names = {"NEGOTIATE", "FORCE_HTTP_1"})
    void shouldSpeakHttp2WhereTheEndpointDoes(HttpVersionPolicy policy) throws Exception {
        server.close(CloseMode.IMMEDIATE);
        server = serve(policy, 0);
        for (int i = 0; i < 20; i++) {
            Answer.Response response = client.send(request("/")).response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).containsExactly('{', '}');
        }
        assertThat(versions).containsOnly(policy == HttpVersionPolicy.NEGOTIATE ? "HTTP/2.0" : "HTTP/1.1");
    }

    /** Neither a stream that is never answered nor its end disturbs the others. */
    @Test
    void shouldEndOneStreamAndNoOther() {
        List<Reports> answered = new ArrayList<>();
        Reports silent = new Reports();
        Sending sending = client.send(request("/silent"), silent);
        await().atMost(PATIENCE).until(() -> received.get() == 1);
        for (int i = 0; i < 50; i++) {
            answered.add(client.send(request("/")));
        }
        sending.expire();
        assertThat(silent.failure().reason()).isEqualTo(Reason.TIMEOUT);
        answered.forEach(reports -> assertThat(reports.response().status()).isEqualTo(200));
        assertThat(client.send(request("/")).response().status()).isEqualTo(200);
        assertThat(versions).containsOnly("HTTP/2.0");
        assertThat(received).hasValue(52);
        assertThat(silent.all()).hasSize(1);
    }

    @Test
    void shouldCutOffAnAnswerThatIsTooLong() {
        Answer.Response huge = client.send(request("/huge")).response();
        assertThat(huge.status()).isEqualTo(200);
        assertThat(huge.isWhole()).isFalse();
        assertThat(huge.body()).hasSize(Answer.KEPT_BYTES_MAX);
        assertThat(client.send(request("/")).response().status()).isEqualTo(200);
    }

    /** What a stream breaks off with is an answer or a failure, once, and the next request is none the worse. */
    @Test
    void shouldOutliveAStreamThatBreaksOff() {
        for (int i = 0; i < 10; i++) {
            Reports broken = client.send(request("/broken"));
            broken.await();
            assertThat(broken.all()).hasSize(1);
            assertThat(client.send(request("/")).response().status()).isEqualTo(200);
        }
        assertThat(received).as("nothing was sent twice").hasValue(20);
    }

    /** A server that leaves says GOAWAY; whoever comes after it gets a fresh connection and no failure. */
    @Test
    void shouldOutliveAServerThatIsStartedAnew() throws Exception {
        int old = port;
        for (int round = 0; round < 3; round++) {
            assertThat(client.send(request("/")).response().status()).isEqualTo(200);
            server.initiateShutdown();
            server.awaitShutdown(org.apache.hc.core5.util.TimeValue.ofSeconds(20));
            server.close(CloseMode.IMMEDIATE);
            server = serve(HttpVersionPolicy.NEGOTIATE, old);
        }
        assertThat(client.send(request("/")).response().status()).isEqualTo(200);
        assertThat(received).hasValue(4);
    }
}
