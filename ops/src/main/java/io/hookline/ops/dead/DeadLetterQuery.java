package io.hookline.ops.dead;

import io.hookline.avro.Reason;
import io.hookline.schemas.event.DeadLetterHeaders.Summary;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that satisfy every part that is given.
 *
 * @param subscription null: of all
 * @param tenant null: of all
 * @param type event type; null: of all
 * @param reasons empty: all
 * @param since recorded at this time or later; null: from the beginning
 * @param until recorded before this time; null: to the end
 * @param ids empty: all
 * @param includeMarked also those that were replayed or discarded
 */
public record DeadLetterQuery(
        @Nullable String subscription,
        @Nullable String tenant,
        @Nullable String type,
        Set<Reason> reasons,
        @Nullable Instant since,
        @Nullable Instant until,
        Set<DeadLetterId> ids,
        boolean includeMarked) {

    public DeadLetterQuery {
        reasons = Set.copyOf(reasons);
        ids = Set.copyOf(ids);
    }

    /** Every dead letter nothing was done with. */
    public static final DeadLetterQuery OPEN =
            new DeadLetterQuery(null, null, null, Set.of(), null, null, Set.of(), false);

    /** The open ones of one subscription. */
    public static DeadLetterQuery of(String subscription) {
        return new DeadLetterQuery(subscription, null, null, Set.of(), null, null, Set.of(), false);
    }

    /** Whether anything narrows it down. */
    public boolean isEverything() {
        return subscription == null
                && tenant == null
                && type == null
                && reasons.isEmpty()
                && since == null
                && until == null
                && ids.isEmpty();
    }

    boolean matches(DeadLetterId id, Summary summary, long recordedAtMs) {
        return (ids.isEmpty() || ids.contains(id))
                && (subscription == null || subscription.equals(summary.subscription()))
                && (tenant == null || tenant.equals(summary.tenant()))
                && (type == null || type.equals(summary.type()))
                && (reasons.isEmpty() || reasons.contains(summary.reason()))
                && (since == null || recordedAtMs >= since.toEpochMilli())
                && (until == null || recordedAtMs < until.toEpochMilli());
    }
}
