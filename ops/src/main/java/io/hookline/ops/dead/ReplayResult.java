package io.hookline.ops.dead;

import org.jspecify.annotations.Nullable;

/**
 * What a replay came to.
 *
 * @param replayId of the deliveries written; null for a dry run
 * @param replayed dead letters written to {@code deliveries.replay}, or that would be
 * @param ranges counted ranges that were met; they hold no deliveries to replay
 * @param deleted left out, because their subscription is deleted
 * @param unreadable left out, because their record cannot be read
 */
public record ReplayResult(@Nullable String replayId, long replayed, long ranges, long deleted, long unreadable) {}
