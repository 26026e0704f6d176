package io.hookline.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.bench.kafka.Partners;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointSinkTest {
    private final EndpointSink sink = new EndpointSink(3);

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void shouldReadWhatAnHttpClientSendsAndAnswerAsToldTo() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        sink.ask((endpoint, bytes, from, to, usual) -> {
            seen.add(endpoint + ":" + Partners.order(bytes, from, to));
            return usual;
        });
        sink.behave(2, Behaviour.BROKEN);
        sink.behave(1, Behaviour.after(300));
        HttpClient client = HttpClient.newHttpClient();
        long from = System.nanoTime();
        assertThat(status(client, 1, 17)).isEqualTo(200);
        assertThat(System.nanoTime() - from)
                .isGreaterThan(Duration.ofMillis(299).toNanos());
        assertThat(status(client, 2, 18)).isEqualTo(500);
        assertThat(status(client, 0, 19)).isEqualTo(200);
        assertThat(seen).containsExactly("1:17", "2:18", "0:19");
        assertThat(sink.posts()).isEqualTo(3);
    }

    private int status(HttpClient client, int endpoint, long order) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sink.url() + endpoint))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Partners.body(order)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void shouldPutARequestTogetherThatComesInPieces() throws Exception {
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            for (String piece : List.of("POST /0 HT", "TP/1.1\r\nCONTENT-length:  5\r", "\n\r\nab", "cde")) {
                assertThat(sink.posts()).isZero();
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 X\r");
            assertThat(sink.posts()).isEqualTo(1);
        }
    }

    @Test
    void shouldNeverAnswerForADeadEndpoint() throws Exception {
        sink.behave(0, Behaviour.DEAD);
        try (Socket socket = socket()) {
            socket.setSoTimeout(300);
            socket.getOutputStream()
                    .write("POST /0 HTTP/1.1\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            assertThat(sink.posts()).isEqualTo(1);
        }
    }

    @Test
    void shouldFindItsOwnCeiling() {
        assertThat(Ceiling.of(sink, Partners.body(1), Duration.ofMillis(300)).units())
                .isGreaterThan(10)
                .isLessThanOrEqualTo((double) sink.posts());
    }

    private Socket socket() throws IOException {
        URI url = URI.create(sink.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }
}
