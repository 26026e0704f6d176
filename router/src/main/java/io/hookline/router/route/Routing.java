package io.hookline.router.route;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one event. Valid until the next event is routed.
 *
 * @param type event type
 * @param tenant tenant, null where the event names none
 * @param fanOut who receives it; may be nobody
 * @param fault why it also, or only, goes to {@code pipeline.dead}; null where nothing is wrong
 */
public record Routing(
        String type,
        @Nullable String tenant,
        FanOut fanOut,
        @Nullable Fault fault) {}
