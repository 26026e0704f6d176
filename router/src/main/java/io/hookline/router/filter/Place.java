package io.hookline.router.filter;

import org.jspecify.annotations.Nullable;

/**
 * Where in a pattern something stands: {@code data.amount[0].numeric}. Its text is made only where a message needs it, since a router that
 * starts compiles a million patterns without a fault. Immutable.
 */
final class Place {
    /** The pattern as a whole. */
    static final Place TOP = new Place(null, "", 0);

    private final @Nullable Place outer;
    private final @Nullable String field;
    private final int item;

    private Place(@Nullable Place outer, @Nullable String field, int item) {
        this.outer = outer;
        this.field = field;
        this.item = item;
    }

    /** The field of that name in this object. */
    Place field(String name) {
        return new Place(this, name, 0);
    }

    /** The item of that number, from 0, in this array. */
    Place item(int number) {
        return new Place(this, null, number);
    }

    /** As messages show it; empty for {@link #TOP}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (outer == null) {
            return;
        }
        outer.append(text);
        if (field == null) {
            text.append('[').append(item).append(']');
        } else {
            FieldPath.appendStep(text, field);
        }
    }
}
