package io.hookline.deliverer.endpoint;

/**
 * How many attempts an endpoint takes at most.
 *
 * @param attempts in a period, at least 1
 * @param periodMs in milliseconds, at least 1
 */
public record Rate(int attempts, long periodMs) {}
