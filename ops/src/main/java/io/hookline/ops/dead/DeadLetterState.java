package io.hookline.ops.dead;

/** What operators did with a dead letter. */
public enum DeadLetterState {
    OPEN,
    REPLAYED,
    DISCARDED
}
