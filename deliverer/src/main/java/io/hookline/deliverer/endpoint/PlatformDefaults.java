package io.hookline.deliverer.endpoint;

import io.hookline.deliverer.schedule.RetrySchedule;

/**
 * What holds for a subscription that does not say otherwise.
 *
 * @param schedule waits between attempts
 * @param maxAgeMs age of an event beyond which nothing is tried, in milliseconds
 * @param timeoutMs total time of one attempt, in milliseconds
 * @param maxInFlight attempts under way at once for one subscription
 * @param breaker when to stop trying an endpoint for a while
 */
public record PlatformDefaults(
        RetrySchedule schedule, long maxAgeMs, int timeoutMs, int maxInFlight, BreakerPolicy breaker) {}
