package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.TlsIdentity;
import io.hookline.deliverer.reach.EgressProxy;
import io.hookline.deliverer.reach.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy on this machine, which the shipped settings would not let anybody connect to, in front of an endpoint that only it can find. */
@Timeout(120)
class EgressProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> lookedUp = new ConcurrentLinkedQueue<>();
    private final AtomicInteger received = new AtomicInteger();
    private volatile String refusal = "";

    @TempDir
    Path dir;

    private TlsIdentity trust;
    private HttpsServer endpoint;
    private ServerSocket proxy;
    private NameResolver names;
    private EndpointClient client;

    @BeforeEach
    void start() throws Exception {
        TestCertificate certificate = TestCertificate.make(dir, "server");
        trust = certificate.trust();
        endpoint = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setExecutor(workers);
        endpoint.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        endpoint.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        endpoint.start();
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        workers.execute(this::accept);
        Reach reach = Reach.of(List.of("https"), List.of("443"), List.of());
        EgressProxy egress = new EgressProxy("proxy.internal", proxy.getLocalPort());
        names = new NameResolver(this::lookUp, reach, egress, System::currentTimeMillis);
        client = new EndpointClient(new HttpSettings(reach, egress, "t", 5_000, 100, 100, 60_000, 60_000), names);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        names.close();
        proxy.close();
        endpoint.stop(0);
        workers.shutdownNow();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        if (!host.equals("proxy.internal")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = proxy.accept();
                workers.execute(() -> tunnel(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void tunnel(Socket socket) {
        try (socket;
                Socket beyond = new Socket(
                        endpoint.getAddress().getAddress(),
                        endpoint.getAddress().getPort())) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    return;
                }
                head.append((char) read);
            }
            asked.add(head.substring(0, head.indexOf("\r\n")));
            String answer = refusal.isEmpty() ? "HTTP/1.1 200 Established\r\n\r\n" : refusal;
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            if (refusal.isEmpty()) {
                workers.execute(() -> copy(beyond, socket));
                copy(socket, beyond);
            }
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private Reports send(String url) {
        EndpointUrl parsed = EndpointUrl.parse(url);
        await().atMost(PATIENCE)
                .until(() -> names.lookup(parsed.host(), () -> {}) instanceof NameResolver.Lookup.Known);
        Reports reports = new Reports();
        client.send(
                new OutboundRequest(
                        parsed, List.of(), new byte[] {'{', '}'}, "application/json", new Auth(null, null, trust)),
                10,
                reports);
        return reports;
    }

    /** The name is the proxy's to look up; the certificate is still the endpoint's. */
    @Test
    void shouldCallThroughATunnel() {
        for (int i = 0; i < 10; i++) {
            assertThat(send("https://localhost/").response().status()).isEqualTo(200);
        }
        assertThat(received).hasValue(10);
        assertThat(asked).isNotEmpty().allMatch(line -> line.equals("CONNECT localhost:443 HTTP/1.1"));
        assertThat(lookedUp).containsOnly("proxy.internal");
    }

    @Test
    void shouldNotTrustAnotherHostsCertificateBehindTheProxy() {
        assertThat(send("https://partner.example/").failure().reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(received).hasValue(0);
    }

    /** What can be known here is not left to the proxy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://169.254.169.254/",
                "https://[::1]/",
                "http://partner.example/",
                "https://partner.example:22/"
            })
    void shouldNotEvenAskForWhatItMayNotCall(String url) {
        assertThat(send(url).failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
        assertThat(asked).isEmpty();
    }

    /** The proxy's no is not the endpoint's answer: a 410 would disable the endpoint. */
    @ParameterizedTest
    @CsvSource({"403", "407", "410", "200 OK\r\nContent-Length: x", "502", "503"})
    void shouldNotTakeTheProxysRefusalForTheEndpointsAnswer(String status) {
        refusal = "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n";
        Answer answer = send("https://localhost/").await();
        assertThat(answer).isInstanceOf(Answer.Failure.class);
        assertThat(received).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:3128",
                "https://proxy:3128",
                "http://proxy",
                "http://proxy:0",
                "http://u:hunter2@proxy:3128",
                "http://proxy:3128/x",
                "http://:3128",
                "socks://p:1",
                "x y"
            })
    void shouldRefuseWhatIsNoProxy(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EgressProxy.parse(url))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("such as http://proxy.internal:3128")
                        .doesNotContain("hunter2"));
    }
}
