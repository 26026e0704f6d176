package io.hookline.ops.status;

/**
 * A place where something waits.
 *
 * @param name {@code route}, {@code deliver}, {@code replay}, {@code retry}, {@code retry later} or {@code parked}
 * @param what in a few words
 */
public record Stage(String name, String what, Waiting waiting) {}
