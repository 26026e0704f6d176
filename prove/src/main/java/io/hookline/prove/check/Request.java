package io.hookline.prove.check;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as its receiver logged it. Times are milliseconds since 1970.
 *
 * @param subscription whose endpoint it came to
 * @param webhookId the {@code webhook-id} header; empty without
 * @param sentAtMs the {@code webhook-timestamp} header, a whole second: when the sender made the request
 * @param receivedAtMs when its last byte had come
 * @param endedAtMs when the answer was given, or the request given up
 * @param status what was answered; 0 for nothing
 * @param isVerified whether the Standard Webhooks library accepted its signature
 * @param eventId the event's id as the body tells it; null where the body does not
 * @param type the event's type as the body tells it
 */
public record Request(
        String subscription,
        String webhookId,
        long sentAtMs,
        long receivedAtMs,
        long endedAtMs,
        int status,
        boolean isVerified,
        @Nullable String eventId,
        @Nullable String type) {

    /** Whether the receiver took it: what counts as delivered. */
    public boolean isAccepted() {
        return status >= 200 && status < 300;
    }
}
