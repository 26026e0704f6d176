package io.hookline.prove.check;

/**
 * A deliverer was killed, stopped, or told to end.
 *
 * @param atMs milliseconds since 1970
 */
public record Interruption(String instance, long atMs, String what) {}
