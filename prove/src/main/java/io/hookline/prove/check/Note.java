package io.hookline.prove.check;

/**
 * One committed record that speaks of one delivery: in a retry tier, in {@code deliveries}, or in {@code deliveries.dead}.
 *
 * @param atMs the record's timestamp, milliseconds since 1970
 * @param what what it says, for people
 */
public record Note(
        Kind kind,
        String webhookId,
        String subscription,
        String topic,
        int partition,
        long offset,
        long atMs,
        String what) {

    /** Which topic it is of. */
    public enum Kind {
        ROUTED,
        RETRY,
        DEAD
    }
}
