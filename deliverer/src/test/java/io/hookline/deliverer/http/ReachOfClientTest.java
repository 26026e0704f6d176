package io.hookline.deliverer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.http.NameResolver.Lookup;
import io.hookline.deliverer.reach.Reach;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver on this machine stands for what nobody may reach: it must not even be connected to. */
@Timeout(120)
class ReachOfClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Reach PUBLIC = Reach.of(List.of("https", "http"), List.of("1-65535"), List.of());
    private static final Reach LOOPBACK =
            Reach.of(List.of("https", "http"), List.of("1-65535"), List.of("127.0.0.0/8"));

    private final AtomicLong now = new AtomicLong(1_000_000);
    private volatile NameResolver.Source source = InetAddress::getAllByName;
    private ScriptedReceiver receiver;
    private ScriptedEndpoint endpoint;

    @BeforeEach
    void start() {
        receiver = ScriptedReceiver.start();
        endpoint = receiver.endpoint("/", Scripts.ok());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private NameResolver names(Reach reach) {
        return new NameResolver(host -> source.resolve(host), reach, now::get);
    }

    private static EndpointClient client(Reach reach, NameResolver names) {
        return new EndpointClient(new HttpSettings(reach, "t", 5_000, 100, 100, 60_000, 60_000), names);
    }

    private OutboundRequest request(String host) {
        return TestClient.request(URI.create("http://" + host + ":" + receiver.port() + "/"));
    }

    /** Until it is known whether the host may be connected to. */
    private static Lookup settled(NameResolver names, String host) {
        await().atMost(PATIENCE).until(() -> !(names.lookup(host, () -> {}) instanceof Lookup.Pending));
        return names.lookup(host, () -> {});
    }

    private static Reports send(EndpointClient client, OutboundRequest request) {
        Reports reports = new Reports();
        client.send(request, 10, reports);
        return reports;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "localhost",
                "LocalHost",
                "localhost."
            })
    void shouldNotConnectToThisMachineHoweverItIsWritten(String host) {
        try (NameResolver names = names(PUBLIC);
                EndpointClient client = client(PUBLIC, names)) {
            OutboundRequest request = request(host);
            Lookup lookup = settled(names, request.url().host());
            assertThat(lookup).isInstanceOf(Lookup.Failed.class);
            // Some systems do not know the name with a dot behind it.
            if (lookup instanceof Lookup.Failed failed && !host.endsWith(".")) {
                assertThat(failed.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
                assertThat(failed.detail()).contains(Reach.NETWORKS);
            }
            // Even whoever does not ask first gets no further.
            Reports reports = send(client, request);
            assertThat(reports.failure().reason()).isIn(Reason.ADDRESS_REFUSED, Reason.NAME_NOT_RESOLVED);
            assertThat(endpoint.count()).isZero();
        }
    }

    /** A name server that is asked once by the check and once by the connection gives two answers. Here nobody asks twice. */
    @Test
    void shouldConnectToTheAddressThatWasCheckedAndNoOther() throws UnknownHostException {
        InetAddress local = InetAddress.getLoopbackAddress();
        InetAddress metadata = InetAddress.getByName("169.254.169.254");
        AtomicLong asked = new AtomicLong();
        source = host -> new InetAddress[] {asked.incrementAndGet() == 1 ? local : metadata};
        try (NameResolver names = names(LOOPBACK);
                EndpointClient client = client(LOOPBACK, names)) {
            assertThat(settled(names, "rebind.example")).isInstanceOf(Lookup.Known.class);
            assertThat(send(client, request("rebind.example")).response().status())
                    .isEqualTo(200);
            now.addAndGet(KnownName.TTL_MS + 1);
            await().atMost(PATIENCE).until(() -> names.lookup("rebind.example", () -> {}) instanceof Lookup.Failed);
            assertThat(settled(names, "rebind.example"))
                    .isInstanceOfSatisfying(
                            Lookup.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
            assertThat(asked).hasValue(2);
            assertThat(send(client, request("other.example")).failure().reason())
                    .isEqualTo(Reason.NAME_NOT_RESOLVED);
        }
    }

    @Test
    void shouldLeaveOutTheRefusedAmongSeveralAddresses() throws UnknownHostException {
        source = host -> new InetAddress[] {
            InetAddress.getByName("169.254.169.254"),
            InetAddress.getByName("10.0.0.1"),
            InetAddress.getLoopbackAddress()
        };
        try (NameResolver names = names(LOOPBACK)) {
            assertThat(settled(names, "mixed.example")).isInstanceOf(Lookup.Known.class);
            assertThat(names.resolve("mixed.example")).containsExactly(InetAddress.getLoopbackAddress());
        }
    }

    @Test
    void shouldKeepFewOfThousandsOfAddresses() throws UnknownHostException {
        source = host -> {
            InetAddress[] many = new InetAddress[50_000];
            for (int i = 0; i < many.length; i++) {
                many[i] = InetAddress.getByAddress(new byte[] {9, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
            }
            return many;
        };
        try (NameResolver names = names(PUBLIC)) {
            assertThat(settled(names, "many.example")).isInstanceOf(Lookup.Known.class);
            assertThat(names.resolve("many.example")).hasSize(NameResolver.ADDRESSES_MAX);
        }
    }

    @Test
    void shouldSayWhatANameServerSaysWithinLimits() {
        source = host -> {
            throw new UnknownHostException("x\r\ny\u0000" + "z".repeat(100_000));
        };
        try (NameResolver names = names(PUBLIC)) {
            assertThat(settled(names, "garbage.example"))
                    .isInstanceOfSatisfying(
                            Lookup.Failed.class,
                            failed -> assertThat(failed.detail())
                                    .hasSizeLessThan(400)
                                    .doesNotContain("\r", "\n", "\u0000"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:%d/, scheme http",
        "https://127.0.0.1:%d/, port",
    })
    void shouldSendOnlyWithSchemesAndToPortsThatAreListed(String url, String problem) {
        Reach https = Reach.of(List.of("https"), List.of("443"), List.of("127.0.0.0/8"));
        try (NameResolver names = names(https);
                EndpointClient client = client(https, names)) {
            assertThat(settled(names, "127.0.0.1")).isInstanceOf(Lookup.Known.class);
            URI target = URI.create(url.formatted(receiver.port()));
            Reports reports = send(client, TestClient.request(target));
            assertThat(reports.failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
            assertThat(reports.failure().detail()).startsWith(problem);
            assertThat(EndpointUrl.parse(target.toString()).port()).isEqualTo(receiver.port());
            assertThat(endpoint.count()).isZero();
        }
    }
}
