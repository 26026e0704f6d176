package io.hookline.ops.attempt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an event on its way to one subscription.
 *
 * @param at when, by the clock of who recorded it
 * @param what {@code emitted}, {@code routed}, {@code replayed}, {@code attempt} or {@code dead}
 * @param where the record that says so: topic, partition and offset; null for an attempt
 * @param attempt number of an attempt; null for others
 * @param status HTTP status, where there is one
 * @param reason how it ended; null where it is no attempt and no end
 * @param latencyMs of an attempt
 * @param next what followed an attempt: {@code delivered}, {@code retry}, {@code dead}, {@code cancelled}
 * @param detail for people
 */
public record LifeStep(
        Instant at,
        String what,
        @Nullable String where,
        @Nullable Integer attempt,
        @Nullable Integer status,
        @Nullable String reason,
        @Nullable Double latencyMs,
        @Nullable String next,
        String detail) {}
