package io.hookline.deliverer.loop;

import io.hookline.deliverer.endpoint.PlatformDefaults;
import io.hookline.deliverer.secret.Secrets;

/**
 * Limits and times of one loop; times in milliseconds.
 *
 * @param name of the loop's threads, and of its member in logs
 * @param defaults what holds for subscriptions that do not say otherwise
 * @param secrets opens what is encrypted in subscriptions
 * @param inFlightMax attempts under way at once
 * @param targetQueueMax works that may wait for one subscription
 * @param partitionWorksMax works of one partition in memory
 * @param heldBytesMax event bytes in memory before reading stops
 * @param commitIntervalMs between two transactions
 * @param drainMs how long a revoked partition's attempts are waited for
 * @param disableAfterMs how long an endpoint may fail without a success before it is disabled
 */
public record LoopSettings(
        String name,
        PlatformDefaults defaults,
        Secrets secrets,
        int inFlightMax,
        int targetQueueMax,
        int partitionWorksMax,
        long heldBytesMax,
        long commitIntervalMs,
        long drainMs,
        long disableAfterMs) {}
