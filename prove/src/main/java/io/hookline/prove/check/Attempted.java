package io.hookline.prove.check;

import org.jspecify.annotations.Nullable;

/**
 * One committed record of topic {@code attempts}.
 *
 * @param offset in the subscription's partition
 * @param number 1 for the first; 0 where no request was made
 * @param startedAtMs when its request started, milliseconds since 1970
 * @param endedAtMs when it had ended
 * @param status the answer's; null if none came
 */
public record Attempted(
        String webhookId,
        String subscription,
        long offset,
        int number,
        long startedAtMs,
        long endedAtMs,
        @Nullable Integer status,
        Next next,
        String reason) {

    /** What followed. */
    public enum Next {
        DELIVERED,
        RETRY,
        DEAD,
        CANCELLED,
        OTHER;

        boolean isFinal() {
            return this == DELIVERED || this == DEAD || this == CANCELLED;
        }
    }
}
