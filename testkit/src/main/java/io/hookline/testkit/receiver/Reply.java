package io.hookline.testkit.receiver;

import java.time.Duration;

/** What a script decided about one request. */
public sealed interface Reply permits Answer, Reply.Silence, Reply.Disconnect {

    /** An answer of this status without body, at once; see {@link Answer} for the rest. */
    static Answer status(int status) {
        return Answer.of(status);
    }

    /** No answer; the connection stays open until the client gives up or the receiver closes. */
    static Reply silence() {
        return new Silence();
    }

    /** Reads the request, answers nothing, closes the connection. */
    static Reply disconnect() {
        return new Disconnect(Duration.ZERO);
    }

    /** See {@link #silence}. */
    record Silence() implements Reply {}

    /**
     * See {@link #disconnect}.
     *
     * @param delay from the request's last byte to the close; no thread waits meanwhile
     */
    record Disconnect(Duration delay) implements Reply {}
}
