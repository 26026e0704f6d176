package io.hookline.testkit.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection to a {@link HostileReceiver}, for a {@link Mischief} to play with. Used by the connection's own thread only. */
public final class Conversation {
    private static final int HEAD_BYTES_MAX = 64 << 10;
    private static final int BODY_BYTES_MAX = 64 << 20;
    private static final String CONTENT_LENGTH = "\r\ncontent-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final CountDownLatch closing;

    Conversation(Socket socket, CountDownLatch closing) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.closing = closing;
    }

    /** Reads one request with its body, if it has a {@code Content-Length}, and returns its head. */
    public String readRequest() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            head.append((char) readByte());
            if (head.length() > HEAD_BYTES_MAX) {
                throw new IOException("request head is longer than " + HEAD_BYTES_MAX + " bytes");
            }
        }
        in.skipNBytes(contentLength(head.toString().toLowerCase(Locale.ROOT)));
        return head.toString();
    }

    /** Sends these characters as bytes, at once. */
    public void send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    public void send(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
    }

    /** Waits; fails if the receiver closes meanwhile, so that no mischief outlives it. */
    public void pause(Duration time) throws IOException {
        try {
            if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EOFException("receiver closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Closes so that the client sees a reset, not an end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("client closed");
        }
        return read;
    }

    private static int contentLength(String lowerCaseHead) throws IOException {
        int at = lowerCaseHead.indexOf(CONTENT_LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + CONTENT_LENGTH.length();
        int length = Integer.parseInt(lowerCaseHead
                .substring(from, lowerCaseHead.indexOf("\r\n", from))
                .strip());
        if (length < 0 || length > BODY_BYTES_MAX) {
            throw new IOException("request body of " + length + " bytes");
        }
        return length;
    }
}
