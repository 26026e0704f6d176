package io.hookline.deliverer.render;

import io.hookline.avro.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What rendering an event came to. */
public sealed interface Rendition {
    /**
     * A body to send; not to be changed, since several subscriptions share it.
     *
     * @param contentType media type
     * @param headers further headers that belong to the body
     */
    record Body(byte[] bytes, String contentType, List<Map.Entry<String, String>> headers) implements Rendition {
        /** A body without headers of its own. */
        public Body(byte[] bytes, String contentType) {
            this(bytes, contentType, List.of());
        }
    }

    /** Not yet: the schema with this id has to be fetched first. */
    record NeedsSchema(int schemaId) implements Rendition {}

    /**
     * It is being made, or what it needs is being asked for, on another thread.
     *
     * @param result anything but another of these; never fails, completes on a thread that must not be held up
     */
    record Pending(CompletableFuture<Rendition> result) implements Rendition {}

    /**
     * Not now: what it needs cannot be had at the moment, and may be had later.
     *
     * @param detail what it is, for people
     */
    record NotNow(String detail) implements Rendition {}

    /**
     * Never: the event is not what it says it is, or what the subscription wants of it cannot be made.
     *
     * @param reason why, for programs
     * @param detail what is wrong, for people
     */
    record Unreadable(Reason reason, String detail) implements Rendition {
        /** The event is at fault. */
        public Unreadable(String detail) {
            this(Reason.EVENT_UNREADABLE, detail);
        }
    }
}
