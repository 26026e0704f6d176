package io.hookline.testkit.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileReceiverTest {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";

    static List<Mischief> endless() {
        return List.of(
                Mischiefs.endlessHeaders(),
                Mischiefs.endlessHeaderLine(),
                Mischiefs.endlessChunkedBody(),
                Mischiefs.endlessInformational(),
                Mischiefs.hugeBody(1L << 40));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void shouldGoOnSendingUntilTheClientLeaves(Mischief mischief) throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(mischief)) {
            try (Socket client = connect(receiver)) {
                send(client);
                assertThat(client.getInputStream().readNBytes(4_000_000)).hasSize(4_000_000);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> receiver.openConnections() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void shouldEndEvenTheEndlessOnClose(Mischief mischief) throws Exception {
        HostileReceiver receiver = HostileReceiver.start(mischief);
        try (Socket client = connect(receiver)) {
            send(client);
            assertThat(client.getInputStream().read()).isPositive();
            receiver.close();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> threadsOf(receiver) == 0);
            assertThatThrownBy(() -> connect(receiver)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldAnswerGarbage() throws Exception {
        assertThat(wholeAnswer(Mischiefs.garbageStatusLine())).doesNotStartWith("HTTP");
    }

    @Test
    void shouldBreakItsPromiseOfLength() throws Exception {
        assertThat(wholeAnswer(Mischiefs.contentLengthTooLong()))
                .contains("Content-Length: 1000")
                .endsWith("\r\n\r\n0123456789");
        assertThat(wholeAnswer(Mischiefs.conflictingLengths())).contains("Content-Length: 5", "chunked");
    }

    @Test
    void shouldCloseWithoutAByteAfterTheRequest() throws Exception {
        assertThat(wholeAnswer(Mischiefs.closesAfterRequest())).isEmpty();
    }

    @Test
    void shouldSendASecondAnswerBehindTheFirst() throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(Mischiefs.contentLengthTooShort());
                Socket client = connect(receiver)) {
            send(client);
            String both = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nnoHTTP/1.1 200 OK";
            assertThat(new String(client.getInputStream().readNBytes(both.length()), ISO_8859_1))
                    .isEqualTo(both);
        }
    }

    @Test
    void shouldResetBeforeReading() throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(Mischiefs.earlyClose());
                Socket client = connect(receiver)) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> receiver.connections() == 1);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> receiver.openConnections() == 0);
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(1);
                        client.getInputStream().read();
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void shouldDripOneByteAtATime() throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(Mischiefs.drip(Duration.ofMillis(100)));
                Socket client = connect(receiver)) {
            send(client);
            long start = System.nanoTime();
            assertThat(new String(client.getInputStream().readNBytes(4), ISO_8859_1))
                    .isEqualTo("HTTP");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void shouldFillTheSenderBuffersWhenItNeverReads() throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(Mischiefs.acceptAndNeverRead());
                Socket client = connect(receiver)) {
            client.setSendBufferSize(4096);
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(new byte[20 << 20]);
                } catch (IOException closed) {
                    // As it should, when the test closes the socket under it.
                }
            });
            writer.start();
            client.setSoTimeout(500);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(writer.isAlive()).isTrue();
            client.close();
            writer.join(10_000);
            assertThat(writer.isAlive()).isFalse();
        }
    }

    @Test
    void shouldReadTheRequestAndNeverAnswer() throws Exception {
        try (HostileReceiver receiver = HostileReceiver.start(Mischiefs.neverAnswers());
                Socket client = connect(receiver)) {
            send(client);
            client.setSoTimeout(300);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(receiver.openConnections()).isEqualTo(1);
        }
    }

    private static String wholeAnswer(Mischief mischief) throws IOException {
        try (HostileReceiver receiver = HostileReceiver.start(mischief);
                Socket client = connect(receiver)) {
            send(client);
            client.setSoTimeout(10_000);
            try (InputStream in = client.getInputStream()) {
                return new String(in.readAllBytes(), ISO_8859_1);
            }
        }
    }

    private static void send(Socket client) throws IOException {
        client.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
    }

    private static Socket connect(HostileReceiver receiver) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), receiver.url().getPort());
    }

    private static long threadsOf(HostileReceiver receiver) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("hostile-" + receiver.url().getPort()))
                .count();
    }
}
