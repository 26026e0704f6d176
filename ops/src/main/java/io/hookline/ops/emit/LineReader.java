package io.hookline.ops.emit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines of bytes; a line that is too long is skipped without being held. One thread. */
final class LineReader implements AutoCloseable {
    /** Longest line: the largest event, its envelope, and room for escapes. */
    static final int LINE_BYTES_MAX = 4 * 1024 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[8 * 1024];
    private long line;
    private boolean tooLong;

    LineReader(InputStream in) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16);
    }

    /** The next line without its end; null at the end. Empty where {@link #isTooLong}. */
    byte @Nullable [] next() throws IOException {
        int length = 0;
        tooLong = false;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        line++;
        while (b >= 0 && b != '\n') {
            if (length == LINE_BYTES_MAX) {
                tooLong = true;
            } else {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.min(LINE_BYTES_MAX, buffer.length * 2));
                }
                buffer[length++] = (byte) b;
            }
            b = in.read();
        }
        if (tooLong) {
            return new byte[0];
        }
        if (length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        return Arrays.copyOf(buffer, length);
    }

    /** Number of the line read last, from 1. */
    long line() {
        return line;
    }

    boolean isTooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
