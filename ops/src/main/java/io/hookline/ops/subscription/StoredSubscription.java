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
 */
public record StoredSubscription(
        String id,
        @Nullable Subscription subscription,
        @Nullable String unreadable,
        int partition,
        long offset) {}
