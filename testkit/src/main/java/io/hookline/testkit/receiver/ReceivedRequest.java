package io.hookline.testkit.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request, received in full. Immutable except for its outcome, which comes later. Any thread. */
public final class ReceivedRequest {
    /** Names the delivery; the same over all its attempts (Standard Webhooks). */
    public static final String WEBHOOK_ID = "webhook-id";

    private final Instant receivedAt;
    private final String method;
    private final String path;
    private final List<HeaderField> headers;
    private final byte[] body;
    private volatile @Nullable Outcome outcome;

    ReceivedRequest(Instant receivedAt, String method, String path, List<HeaderField> headers, byte[] body) {
        this.receivedAt = receivedAt;
        this.method = method;
        this.path = path;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** When its last byte had arrived. */
    public Instant receivedAt() {
        return receivedAt;
    }

    public String method() {
        return method;
    }

    /** With the query, if any. */
    public String path() {
        return path;
    }

    /** In the order received. */
    public List<HeaderField> headers() {
        return headers;
    }

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        for (HeaderField field : headers) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The {@value #WEBHOOK_ID} header. */
    public Optional<String> webhookId() {
        return header(WEBHOOK_ID);
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body read as UTF-8. */
    public String bodyText() {
        return new String(body, UTF_8);
    }

    /** Empty while the answer is pending. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    void end(Outcome how) {
        this.outcome = how;
    }

    @Override
    public String toString() {
        return method + " " + path + " " + webhookId().orElse("without " + WEBHOOK_ID) + ", " + body.length
                + " bytes at " + receivedAt + ", " + outcome;
    }
}
