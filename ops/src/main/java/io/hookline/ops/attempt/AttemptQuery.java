package io.hookline.ops.attempt;

import io.hookline.avro.Attempt;
import io.hookline.avro.NextStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts are meant: those that satisfy every part that is given.
 *
 * @param subscription null: of all, which reads every partition
 * @param webhookId of one delivery; null: of all
 * @param failedOnly without those that delivered
 * @param since recorded at this time or later; null: from the beginning
 * @param until recorded before this time; null: to the end
 */
public record AttemptQuery(
        @Nullable String subscription,
        @Nullable String webhookId,
        boolean failedOnly,
        @Nullable Instant since,
        @Nullable Instant until) {

    boolean matches(Attempt attempt) {
        return (subscription == null || subscription.equals(attempt.getSubscription()))
                && (webhookId == null || webhookId.equals(attempt.getWebhookId()))
                && (!failedOnly || attempt.getNext() != NextStep.DELIVERED);
    }
}
