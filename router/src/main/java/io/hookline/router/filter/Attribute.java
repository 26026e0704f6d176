package io.hookline.router.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The attributes of an event that a pattern may name at its top level, beside {@code data}. All are strings. */
public enum Attribute {
    TYPE,
    SOURCE,
    SUBJECT,
    TENANT,
    ID,
    TIME;

    private static final Attribute[] ALL = values();
    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in a pattern: {@code type}, {@code source}... */
    public String key() {
        return key;
    }

    /** The attribute named {@code key}, or null if no attribute has that name. */
    static @Nullable Attribute named(String key) {
        for (Attribute attribute : ALL) {
            if (attribute.key.equals(key)) {
                return attribute;
            }
        }
        return null;
    }
}
