package io.hookline.deliverer.render;

/** What rendering an event came to. */
public sealed interface Rendition {
    /**
     * A body to send; not to be changed, since several subscriptions share it.
     *
     * @param contentType media type
     */
    record Body(byte[] bytes, String contentType) implements Rendition {}

    /** Not yet: the schema with this id has to be fetched first. */
    record NeedsSchema(int schemaId) implements Rendition {}

    /**
     * Never: the event is not what it says it is.
     *
     * @param detail what is wrong with it, for people
     */
    record Unreadable(String detail) implements Rendition {}
}
