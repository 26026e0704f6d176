package io.hookline.bench.sink;

import io.hookline.bench.measure.Measured;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How many POSTs a second a sink takes: one thread repeats bytes made beforehand over many connections and counts the bytes that come back.
 * What an HTTP client can reach at it is less.
 */
public final class Ceiling {
    private static final int CONNECTIONS = 64;
    private static final long WAIT_MS = 100;

    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);
    private int answerBytes;

    private Ceiling(Sink sink, byte[] body) {
        URI url = URI.create(sink.url());
        byte[] head = ("POST " + url.getPath() + "0 HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\nwebhook-id: msg_0NDZ2Q0Q4R9C7Q6E9YQ4K8D3V1\r\nwebhook-timestamp: 1764000000"
                        + "\r\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(head.length + body.length);
        request.put(head).put(body).flip();
    }

    /** Sends {@code body} for that long, as fast as it goes. Blocks. */
    public static Measured of(Sink sink, byte[] body, Duration time) {
        try {
            return new Ceiling(sink, body).run(sink, time.toNanos());
        } catch (IOException e) {
            throw new IllegalStateException("The sink's ceiling cannot be found: " + e.getMessage(), e);
        }
    }

    private Measured run(Sink sink, long timeNs) throws IOException {
        URI url = URI.create(sink.url());
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                channel.write(request.duplicate());
            }
            long[] bytes = new long[1];
            long from = System.nanoTime();
            while (System.nanoTime() - from < timeNs) {
                selector.select(key -> bytes[0] += turn((SocketChannel) key.channel()), WAIT_MS);
            }
            long wallNs = System.nanoTime() - from;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Measured(bytes[0] / (double) answerBytes, wallNs, Measured.UNKNOWN, Measured.UNKNOWN);
        }
    }

    /** Reads an answer and sends the next request; how many bytes it had. All answers of a sink are alike. */
    private int turn(SocketChannel channel) {
        try {
            answer.clear();
            int read = channel.read(answer);
            if (read < 0) {
                throw new IOException("the sink closes connections");
            }
            answerBytes = answerBytes == 0 ? read : answerBytes;
            channel.write(request.duplicate());
            return read;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
