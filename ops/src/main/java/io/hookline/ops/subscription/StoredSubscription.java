package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The last record of a subscription in its topic.
 *
 * @param id subscription id
 * @param subscription null where the record cannot be read
 * @param unreadable why it cannot be read; null where it can
 * @param partition where it is
 * @param offset where it is
 * @param isStale whether encrypting its secrets again would change how they are protected
 * @param disabled since when and why nothing is sent to its endpoint; null where it is not disabled, or was not asked for
 */
public record StoredSubscription(
        String id,
        @Nullable Subscription subscription,
        @Nullable String unreadable,
        int partition,
        long offset,
        boolean isStale,
        @Nullable Disabling disabled) {

    StoredSubscription(
            String id, @Nullable Subscription subscription, @Nullable String unreadable, int partition, long offset) {
        this(id, subscription, unreadable, partition, offset, false, null);
    }

    StoredSubscription with(@Nullable Disabling disabling) {
        return new StoredSubscription(id, subscription, unreadable, partition, offset, isStale, disabling);
    }
}
