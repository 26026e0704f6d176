package io.hookline.testkit.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DockerEngineTest {
    @TempDir
    Path home;

    @Test
    void shouldFindAnEngineThatAnswersOnItsSocket() throws Exception {
        Path socket = Files.createDirectories(home.resolve(".docker/run")).resolve("docker.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (SocketChannel client = engine.accept()) {
                    client.read(ByteBuffer.allocate(200));
                    client.write(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\nOK".getBytes(US_ASCII)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(DockerEngine.whyAbsent(Map.of("XDG_RUNTIME_DIR", home + "/none"), home.toString()))
                    .isEmpty();
            answered.join();
        }
    }

    @Test
    void shouldSaySoonThatNobodyAnswers() throws Exception {
        long start = System.nanoTime();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String host = "tcp://127.0.0.1:" + silent.getLocalPort();
            assertThat(DockerEngine.whyAbsent(Map.of("DOCKER_HOST", host), home.toString())
                            .orElseThrow())
                    .contains(host, "no answer");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldSayWhereItLookedInVain() {
        assertThat(DockerEngine.whyAbsent(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), home.toString())
                        .orElseThrow())
                .contains("tcp://127.0.0.1:1", "refused");
        assertThat(DockerEngine.whyAbsent(Map.of("DOCKER_HOST", "nonsense"), home.toString()))
                .isPresent();
        String nowhere = "unix://" + home.resolve("docker.sock");
        assertThat(DockerEngine.whyAbsent(Map.of("DOCKER_HOST", nowhere), home.toString())
                        .orElseThrow())
                .contains(nowhere, "no such file");
    }
}
