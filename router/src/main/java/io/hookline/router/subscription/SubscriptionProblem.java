package io.hookline.router.subscription;

/**
 * A record of the subscriptions topic that routes nothing.
 *
 * @param key its key, which should be a subscription id
 * @param partition where it is
 * @param offset where it is
 * @param reason what is wrong with it, and the mend
 */
public record SubscriptionProblem(String key, int partition, long offset, String reason) {}
