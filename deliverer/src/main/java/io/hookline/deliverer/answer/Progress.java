package io.hookline.deliverer.answer;

/**
 * How far a delivery has come.
 *
 * @param attempts attempts made, the one just decided on included
 * @param firstAttemptMs when the first one started, milliseconds since 1970
 * @param recordedAtMs when the event was recorded, milliseconds since 1970
 */
public record Progress(int attempts, long firstAttemptMs, long recordedAtMs) {}
