package io.hookline.router.index;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Two or more subscriptions, by id. */
final class Crowd<S> implements Group<S> {
    private final HashTrie<String, Entry<S>> byId;
    private final int size;

    private Crowd(HashTrie<String, Entry<S>> byId, int size) {
        this.byId = byId;
        this.size = size;
    }

    static <S> Crowd<S> of(Entry<S> a, Entry<S> b, KeyHash hash) {
        HashTrie<String, Entry<S>> byId = HashTrie.empty();
        byId = byId.with(a.id(), hash.of(a.id()), a, hash::of).with(b.id(), hash.of(b.id()), b, hash::of);
        return new Crowd<>(byId, 2);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(Consumer<? super Entry<S>> action) {
        byId.forEach(action);
    }

    @Override
    public Group<S> with(Entry<S> entry, KeyHash hash) {
        long key = hash.of(entry.id());
        boolean replaces = byId.get(entry.id(), key) != null;
        return new Crowd<>(byId.with(entry.id(), key, entry, hash::of), replaces ? size : size + 1);
    }

    @Override
    public @Nullable Group<S> without(Entry<S> entry, KeyHash hash) {
        HashTrie<String, Entry<S>> rest = byId.without(entry.id(), hash.of(entry.id()));
        if (rest == byId) {
            return this;
        }
        return size == 2 ? rest.single() : new Crowd<>(rest, size - 1);
    }
}
