package io.hookline.testkit.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An HTTP answer. Immutable: each method returns a changed copy. */
public final class Answer implements Reply {
    private final int status;
    private final List<HeaderField> headers;
    private final byte[] body;
    private final Duration delay;

    private Answer(int status, List<HeaderField> headers, byte[] body, Duration delay) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative");
        }
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delay = delay;
    }

    static Answer of(int status) {
        return new Answer(status, List.of(), new byte[0], Duration.ZERO);
    }

    /** Adds a header. */
    public Answer header(String name, String value) {
        List<HeaderField> more = new ArrayList<>(headers);
        more.add(new HeaderField(name, value));
        return new Answer(status, List.copyOf(more), body, delay);
    }

    public Answer body(byte[] bytes) {
        return new Answer(status, headers, bytes.clone(), delay);
    }

    public Answer json(String text) {
        return header("Content-Type", "application/json").body(text.getBytes(UTF_8));
    }

    /** Answers this long after the request's last byte; no thread waits meanwhile. */
    public Answer after(Duration wait) {
        return new Answer(status, headers, body, wait);
    }

    int status() {
        return status;
    }

    List<HeaderField> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Duration delay() {
        return delay;
    }
}
