package io.hookline.router.match;

import io.hookline.schemas.topic.TopicNames;

/** One entry of a subscription's event types: {@code order_created}, {@code order.*} or {@code *}. */
public sealed interface TypePattern {
    /** The pattern of every event type, as text. */
    String ANY = "*";

    /** Exactly this type. */
    record Exact(String type) implements TypePattern {}

    /** Every type that starts with this text, which ends in a dot. */
    record Prefix(String prefix) implements TypePattern {}

    /** Every type. */
    record Any() implements TypePattern {}

    /**
     * @throws IllegalArgumentException where the text is none of the three
     */
    static TypePattern parse(String text) {
        if (text.equals(ANY)) {
            return new Any();
        }
        String fixed = text.endsWith(".*") ? text.substring(0, text.length() - 2) : text;
        if (!TopicNames.isEventType(fixed)) {
            throw new IllegalArgumentException("Event type '" + text
                    + "' is not usable: give a type such as order_created, a prefix such as order.*, or * for all.");
        }
        return fixed.length() == text.length() ? new Exact(text) : new Prefix(fixed + ".");
    }

    /** Whether an event of that type is meant. */
    default boolean matches(String type) {
        if (this instanceof Exact exact) {
            return exact.type.equals(type);
        }
        return !(this instanceof Prefix prefix) || type.startsWith(prefix.prefix);
    }
}
