package io.hookline.router.filter;

import org.jspecify.annotations.Nullable;

/** What an event says of itself outside its payload; null where it says nothing. {@code time} is ISO 8601 text, as in the event. */
public record EventAttributes(
        @Nullable String type,
        @Nullable String source,
        @Nullable String subject,
        @Nullable String tenant,
        @Nullable String id,
        @Nullable String time) {
    /** An event of {@code type} from {@code source} that says nothing else. */
    public static EventAttributes of(String type, String source) {
        return new EventAttributes(type, source, null, null, null, null);
    }

    /** The value of {@code attribute}, or null. */
    public @Nullable String get(Attribute attribute) {
        return switch (attribute) {
            case TYPE -> type;
            case SOURCE -> source;
            case SUBJECT -> subject;
            case TENANT -> tenant;
            case ID -> id;
            case TIME -> time;
        };
    }
}
