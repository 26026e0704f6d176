package io.hookline.router.subscription;

import org.jspecify.annotations.Nullable;

/** A record of the subscriptions topic, as it was read. */
record SubscriptionRecord(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {}
