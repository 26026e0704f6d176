package io.hookline.router.index;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The subscriptions that are found at one place of the index: one, or many. Immutable. */
sealed interface Group<S> permits Entry, Crowd {
    /** How many there are; at least one. */
    int size();

    void forEach(Consumer<? super Entry<S>> action);

    /** These and {@code entry}, which takes the place of one of the same id. */
    Group<S> with(Entry<S> entry, KeyHash hash);

    /** These without the one of the same id as {@code entry}; null if none is left. */
    @Nullable
    Group<S> without(Entry<S> entry, KeyHash hash);

    static <S> Group<S> add(@Nullable Group<S> group, Entry<S> entry, KeyHash hash) {
        return group == null ? entry : group.with(entry, hash);
    }

    static <S> @Nullable Group<S> remove(@Nullable Group<S> group, Entry<S> entry, KeyHash hash) {
        return group == null ? null : group.without(entry, hash);
    }

    static <S> void tell(@Nullable Group<S> group, Consumer<? super Entry<S>> action) {
        if (group != null) {
            group.forEach(action);
        }
    }
}
