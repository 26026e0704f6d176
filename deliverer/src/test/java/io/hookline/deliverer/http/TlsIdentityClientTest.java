package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint that tells whom it sees: the certificate of each request, and which connection it came by. */
@Timeout(120)
class TlsIdentityClientTest {
    private final TestClient client = new TestClient();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();

    @TempDir
    Path dir;

    private TestCertificate server;
    private TestCertificate alice;
    private TestCertificate bob;
    private HttpsServer endpoint;

    @BeforeEach
    void start() throws Exception {
        server = TestCertificate.make(dir, "server");
        alice = TestCertificate.make(dir, "alice");
        bob = TestCertificate.make(dir, "bob");
        SSLContext context = server.server(alice, bob);
        endpoint = HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        endpoint.setExecutor(workers);
        endpoint.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        endpoint.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String name = peer((HttpsExchange) exchange);
            connections.add(name + " " + exchange.getRemoteAddress().getPort());
            byte[] answer = name.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.stop(0);
        workers.shutdownNow();
    }

    private static String peer(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().getName();
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    private Reports send(@Nullable TlsIdentity identity) {
        EndpointUrl url =
                EndpointUrl.parse("https://localhost:" + endpoint.getAddress().getPort() + "/");
        return client.send(new OutboundRequest(
                url, List.of(), new byte[] {'{', '}'}, "application/json", new Auth(null, null, identity)));
    }

    private String seen(@Nullable TlsIdentity identity) {
        return new String(send(identity).response().body(), UTF_8);
    }

    @Test
    void shouldShowEachSubscriptionsOwnCertificate() throws Exception {
        assertThat(seen(alice.towards(server))).isEqualTo("CN=alice");
        assertThat(seen(bob.towards(server))).isEqualTo("CN=bob");
        assertThat(seen(server.trust())).isEqualTo("nobody");
        assertThat(send(null).failure().reason()).as("not of a public CA").isEqualTo(Reason.TLS_FAILED);
    }

    /** Whoever gets a connection from the pool that somebody else opened is taken for them. */
    @Test
    void shouldNeverShareAConnectionBetweenIdentities() throws Exception {
        List<TlsIdentity> identities = List.of(alice.towards(server), bob.towards(server), server.trust());
        List<String> names = List.of("CN=alice", "CN=bob", "nobody");
        for (int i = 0; i < 60; i++) {
            assertThat(seen(identities.get(i % 3))).isEqualTo(names.get(i % 3));
        }
        List<Reports> atOnce = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            atOnce.add(send(identities.get(i % 3)));
        }
        for (int i = 0; i < 60; i++) {
            assertThat(new String(atOnce.get(i).response().body(), UTF_8)).isEqualTo(names.get(i % 3));
        }
        long ports = connections.stream()
                .map(one -> one.substring(one.indexOf(' ')))
                .distinct()
                .count();
        assertThat(ports).as("each connection has one identity").isEqualTo(connections.size());
        assertThat(connections).hasSizeLessThan(100);
    }

    /** Subscriptions with the same certificate may use each other's connections: they are the same client. */
    @Test
    void shouldBeEqualWhereCertificatesAre() throws Exception {
        assertThat(alice.towards(server)).isEqualTo(alice.towards(server)).hasSameHashCodeAs(alice.towards(server));
        assertThat(alice.towards(server)).isNotEqualTo(bob.towards(server)).isNotEqualTo(alice.towards(bob));
        assertThat(alice.towards(server).toString()).isEqualTo("TlsIdentity[CN=alice]");
    }

    @Test
    void shouldTrustOnlyTheNamedCa() throws Exception {
        assertThat(send(alice.towards(bob)).failure().reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(connections).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoCertificateOrNotItsKey() throws Exception {
        String pem = alice.pem();
        byte[] foreign = bob.key();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.of(pem, foreign, null))
                .withMessageContaining("auth.key does not belong to auth.certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.of(pem, new byte[] {1, 2, 3}, null))
                .withMessageContaining("auth.key is not a EC key in PKCS#8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.of(pem, null, null))
                .withMessageContaining("belong together");
        for (String none : new String[] {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsIdentity.of(null, null, none))
                    .withMessageContaining("auth.trustedCa");
        }
    }
}
