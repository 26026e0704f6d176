package io.hookline.ops.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Only a listener that showed that it wants TLS or SASL is said to: a busy one is not. */
class ReachabilityTest {
    private static final String ADVICE = "TLS or SASL settings go into --command-config";

    /** What an address does with one connection. */
    @FunctionalInterface
    private interface Behaviour {
        void with(Socket client) throws IOException;
    }

    @Test
    void shouldNotAdviseTlsWhereNothingIsAnswered() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(Reachability.probe(address(silent), true).text())
                    .contains("did not answer in 1500 ms")
                    .doesNotContain("TLS");
        }
    }

    @Test
    void shouldAdviseTlsOrSaslWhereTheConnectionIsClosed() throws Exception {
        assertThat(probe(client -> new DataInputStream(client.getInputStream()).readInt()))
                .contains(ADVICE);
    }

    @Test
    void shouldAdviseTlsOrSaslWhereSomethingElseIsAnswered() throws Exception {
        assertThat(probe(client -> {
                    client.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 70});
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                }))
                .contains(ADVICE);
    }

    @Test
    void shouldAdviseSaslWhereOnlyVersionsAreAnswered() throws Exception {
        assertThat(probe(ReachabilityTest::answerOne)).contains(ADVICE);
    }

    @Test
    void shouldSayThatAKafkaAnswersNow() throws Exception {
        assertThat(probe(client -> {
                    answerOne(client);
                    answerOne(client);
                }))
                .contains("answers now")
                .doesNotContain("TLS");
    }

    @Test
    void shouldNotSpeakPlaintextWhereTheSettingsSayOtherwise() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(Reachability.probe(address(silent), false).text())
                    .contains("accepts connections")
                    .doesNotContain("TLS");
            assertThat(Reachability.isAnswering(address(silent))).isTrue();
        }
    }

    private static String probe(Behaviour behaviour) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket client = server.accept()) {
                    behaviour.with(client);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            String text = Reachability.probe(address(server), true).text();
            served.join();
            return text;
        }
    }

    /** Reads a request and answers it as Kafka frames answers: length, then the request's number. */
    private static void answerOne(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] request = in.readNBytes(in.readInt());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(6);
        out.write(request, 4, 4);
        out.writeShort(0);
        out.flush();
    }

    private static String address(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }
}
