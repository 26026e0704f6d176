package io.hookline.router;

/**
 * What a router is doing.
 *
 * <pre>
 *   Starting ◄──────► Running        Starting again when its Streams client had to be replaced
 *      │  └──────┬──────┘
 *      │         └──► Failed
 *      └─► Closed ◄─ (from every state)
 * </pre>
 */
public sealed interface RouterState {
    /**
     * Not routing yet.
     *
     * @param step what it is doing or waiting for
     */
    record Starting(String step) implements RouterState {}

    /**
     * Routing.
     *
     * @param rebalancing whether partitions are just being handed out anew; those that stay go on meanwhile
     */
    record Running(boolean rebalancing) implements RouterState {}

    /**
     * Stopped for good because waiting would not help.
     *
     * @param reason the thing, its value, the mend
     */
    record Failed(String reason) implements RouterState {}

    /** Stopped because it was told to. */
    record Closed() implements RouterState {}

    /** Whether it stays like this. */
    default boolean isFinal() {
        return this instanceof Failed || this instanceof Closed;
    }
}
