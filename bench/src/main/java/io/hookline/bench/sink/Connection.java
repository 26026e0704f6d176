package io.hookline.bench.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection of a client that sends a request with a {@code Content-Length} and waits for the answer before it sends the next, as HTTP
 * clients do that do not pipeline. Reads of a request what is needed: the number in its path and its body. For the sink's thread.
 */
final class Connection {
    private static final int BYTES_MAX = 64 * 1024;
    private static final byte[] LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'};

    private final SocketChannel channel;
    private byte[] bytes = new byte[4 * 1024];
    private int count;

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads and tells of requests that are complete. Returns whether the connection goes on. */
    boolean read(Requests requests) throws IOException {
        if (count == bytes.length) {
            if (count == BYTES_MAX) {
                throw new IOException("a request of more than " + BYTES_MAX + " bytes");
            }
            bytes = java.util.Arrays.copyOf(bytes, 2 * count);
        }
        int read = channel.read(ByteBuffer.wrap(bytes, count, bytes.length - count));
        if (read < 0) {
            return false;
        }
        count += read;
        int bodyFrom = bodyFrom();
        if (bodyFrom < 0) {
            return true;
        }
        int bodyTo = bodyFrom + contentLength(bodyFrom);
        if (count >= bodyTo) {
            requests.complete(this, endpoint(), bytes, bodyFrom, bodyTo);
            System.arraycopy(bytes, bodyTo, bytes, 0, count - bodyTo);
            count -= bodyTo;
        }
        return true;
    }

    /** Told of complete requests. */
    @FunctionalInterface
    interface Requests {
        void complete(Connection connection, int endpoint, byte[] bytes, int from, int to) throws IOException;
    }

    /** Where the body begins; -1 while that is not known. */
    private int bodyFrom() {
        for (int i = 3; i < count; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int headEnd) throws IOException {
        for (int at = 0; at < headEnd; at++) {
            if (bytes[at] == '\n' && isLength(at + 1, headEnd)) {
                return number(at + 1 + LENGTH.length);
            }
        }
        throw new IOException("a request without Content-Length");
    }

    private boolean isLength(int from, int to) {
        if (from + LENGTH.length >= to) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[from + i] | ' ') != LENGTH[i] && bytes[from + i] != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number in {@code POST /number HTTP/1.1}; -1 where there is none. */
    private int endpoint() {
        int at = 0;
        while (bytes[at] != '/') {
            at++;
        }
        int digit = bytes[at + 1] - '0';
        return digit < 0 || digit > 9 ? -1 : number(at + 1);
    }

    private int number(int from) {
        int at = from;
        while (bytes[at] == ' ') {
            at++;
        }
        int number = 0;
        for (int digit = bytes[at] - '0'; digit >= 0 && digit <= 9; digit = bytes[++at] - '0') {
            number = 10 * number + digit;
        }
        return number;
    }

    /** Sends an answer, which is so short that it always fits. */
    void answer(byte[] answer) throws IOException {
        if (channel.write(ByteBuffer.wrap(answer)) < answer.length) {
            throw new IOException("the client does not read its answers");
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use to anyone any more, closed or not.
        }
    }
}
