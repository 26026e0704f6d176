package io.hookline.bench.sink;

import java.nio.charset.StandardCharsets;

/**
 * How an endpoint answers.
 *
 * @param status HTTP status; 0: never
 * @param delayMs how long it takes for that, in milliseconds
 */
public record Behaviour(int status, long delayMs) {
    /** 200, at once. */
    public static final Behaviour WELL = new Behaviour(200, 0);

    /** Takes requests and never answers. */
    public static final Behaviour DEAD = new Behaviour(0, 0);

    /** 500, at once. */
    public static final Behaviour BROKEN = new Behaviour(500, 0);

    /** 200 after a while. */
    public static Behaviour after(long delayMs) {
        return new Behaviour(200, delayMs);
    }

    byte[] bytes() {
        return ("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
