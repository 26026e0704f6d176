package io.hookline.deliverer.endpoint;

/**
 * When to stop trying an endpoint for a while.
 *
 * @param isEnabled false: every delivery is tried by its schedule, whatever the endpoint does
 * @param failureRatio share of failures from which on, over 0 up to 1
 * @param minimumAttempts fewer say nothing
 */
public record BreakerPolicy(boolean isEnabled, double failureRatio, int minimumAttempts) {}
