package io.hookline.testkit.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a Docker engine answers, found out in seconds: Testcontainers itself takes minutes to say that none does. */
final class DockerEngine {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final String PING = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";

    private DockerEngine() {}

    /** Empty if one answers, else where it was looked for and what happened. */
    static Optional<String> whyAbsent(Map<String, String> environment, String home) {
        List<String> failures = new ArrayList<>();
        for (String host : candidates(environment, home)) {
            String failure = ping(host);
            if (failure == null) {
                return Optional.empty();
            }
            failures.add(host + " (" + failure + ")");
        }
        return Optional.of(String.join(", ", failures));
    }

    /** Where Testcontainers looks: what DOCKER_HOST says, else the usual sockets. */
    private static List<String> candidates(Map<String, String> environment, String home) {
        String host = environment.get("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return List.of(host);
        }
        List<String> sockets = new ArrayList<>(List.of("unix:///var/run/docker.sock"));
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null) {
            sockets.add("unix://" + runtime + "/docker.sock");
        }
        sockets.add("unix://" + home + "/.docker/run/docker.sock");
        sockets.add("unix://" + home + "/.docker/desktop/docker.sock");
        return sockets;
    }

    private static @Nullable String ping(String host) {
        try {
            URI uri = URI.create(host);
            if ("unix".equals(uri.getScheme())) {
                Path socket = Path.of(uri.getPath());
                if (!Files.exists(socket)) {
                    return "no such file";
                }
                return ping(UnixDomainSocketAddress.of(socket));
            }
            return ping(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()));
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    /** Any answer will do: over TLS it is an alert, behind a proxy perhaps a refusal, and Testcontainers will say more. */
    private static @Nullable String ping(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        try (SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address)) {
                if (selector.select(ANSWER_MAX.toMillis()) == 0) {
                    return "no connection within " + ANSWER_MAX;
                }
                channel.finishConnect();
            }
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            key.interestOps(SelectionKey.OP_READ);
            boolean answered = selector.select(ANSWER_MAX.toMillis()) > 0 && channel.read(ByteBuffer.allocate(64)) > 0;
            return answered ? null : "no answer within " + ANSWER_MAX;
        }
    }
}
