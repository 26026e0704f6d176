package io.hookline.testkit.receiver;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * The ways in which a receiver can break the protocol or waste its client's resources. What is endless ends when the client or the
 * receiver closes.
 */
public final class Mischiefs {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int BLOCK_BYTES = 16 << 10;
    private static final Duration FOREVER = Duration.ofDays(1);

    private Mischiefs() {}

    /** Answers with bytes that are not HTTP. */
    public static Mischief garbageStatusLine() {
        return client -> {
            client.readRequest();
            client.send("\u0000\u00ff\u00fe SSH-2.0-nonsense 200\r\n\r\n");
        };
    }

    /** A status line, then header after header at full speed. */
    public static Mischief endlessHeaders() {
        return client -> {
            client.readRequest();
            client.send(OK);
            for (long i = 0; ; i++) {
                client.send("X-Header-" + i + ": " + "v".repeat(1000) + "\r\n");
            }
        };
    }

    /** One header that never ends. */
    public static Mischief endlessHeaderLine() {
        return client -> {
            client.readRequest();
            client.send(OK + "X-Long: ");
            sendForever(client);
        };
    }

    /** A 200 whose chunked body never ends, at full speed. */
    public static Mischief endlessChunkedBody() {
        return client -> {
            client.readRequest();
            client.send(OK + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = Integer.toHexString(BLOCK_BYTES) + "\r\n" + "x".repeat(BLOCK_BYTES) + "\r\n";
            while (true) {
                client.send(chunk);
            }
        };
    }

    /** A 200 with a body of this many bytes, sent in full. */
    public static Mischief hugeBody(long bytes) {
        return client -> {
            client.readRequest();
            client.send(OK + "Content-Length: " + bytes + "\r\n\r\n");
            byte[] block = block();
            for (long left = bytes; left > 0; left -= block.length) {
                client.send(block, (int) Math.min(left, block.length));
            }
        };
    }

    /** A correct answer with a body of 1,000 bytes, one byte each {@code interval}: every single read succeeds in time. */
    public static Mischief drip(Duration interval) {
        return client -> {
            client.readRequest();
            String answer = OK + "Content-Length: 1000\r\n\r\n" + "x".repeat(1000);
            for (int i = 0; i < answer.length(); i++) {
                client.send(answer.substring(i, i + 1));
                client.pause(interval);
            }
        };
    }

    /** Accepts the connection and resets it before reading anything. */
    public static Mischief earlyClose() {
        return Conversation::reset;
    }

    /** Reads the request, then closes without a byte. */
    public static Mischief closesAfterRequest() {
        return Conversation::readRequest;
    }

    /** Promises 1,000 bytes of body, sends 10 and closes. */
    public static Mischief contentLengthTooLong() {
        return client -> {
            client.readRequest();
            client.send(OK + "Content-Length: 1000\r\n\r\n0123456789");
        };
    }

    /** Promises 2 bytes of body and sends a whole second answer behind them, to be taken for that of the next request. */
    public static Mischief contentLengthTooShort() {
        return client -> {
            while (true) {
                client.readRequest();
                client.send("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno" + OK
                        + "Content-Length: 0\r\n\r\n");
            }
        };
    }

    /** Two contradictory lengths in one answer. */
    public static Mischief conflictingLengths() {
        return client -> {
            client.readRequest();
            client.send(OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n0\r\n\r\n");
        };
    }

    /** Informational answers (103) without end. */
    public static Mischief endlessInformational() {
        return client -> {
            client.readRequest();
            while (true) {
                client.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
            }
        };
    }

    /** Accepts the connection and never reads from it; a large request fills the buffers and stops. */
    public static Mischief acceptAndNeverRead() {
        return client -> client.pause(FOREVER);
    }

    /** Reads the request and never answers. */
    public static Mischief neverAnswers() {
        return client -> {
            client.readRequest();
            client.pause(FOREVER);
        };
    }

    private static void sendForever(Conversation client) throws IOException {
        byte[] block = block();
        while (true) {
            client.send(block, block.length);
        }
    }

    private static byte[] block() {
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, (byte) 'x');
        return block;
    }
}
