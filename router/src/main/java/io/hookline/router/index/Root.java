package io.hookline.router.index;

import io.hookline.router.match.TypePattern;
import java.util.function.UnaryOperator;

/**
 * Everything, at one moment. Immutable.
 *
 * @param exact by event type
 * @param prefixes by the text, ending in a dot, with which event types begin
 * @param any for every event type
 */
record Root<S>(
        HashTrie<String, Entry<S>> byId,
        int size,
        HashTrie<String, TypeNode<S>> exact,
        HashTrie<String, TypeNode<S>> prefixes,
        TypeNode<S> any) {
    static <S> Root<S> empty() {
        return new Root<>(HashTrie.empty(), 0, HashTrie.empty(), HashTrie.empty(), TypeNode.empty());
    }

    Node<S> node(Address at) {
        TypeNode<S> there;
        if (at.types() instanceof TypePattern.Exact one) {
            there = exact.get(one.type(), at.typesHash());
        } else if (at.types() instanceof TypePattern.Prefix begin) {
            there = prefixes.get(begin.prefix(), at.typesHash());
        } else {
            there = any;
        }
        return there == null ? Node.empty() : there.node(at);
    }

    /** This with another node there. */
    Root<S> change(Address at, UnaryOperator<Node<S>> change, KeyHash hash) {
        if (at.types() instanceof TypePattern.Exact one) {
            return new Root<>(byId, size, change(exact, one.type(), at, change, hash), prefixes, any);
        }
        if (at.types() instanceof TypePattern.Prefix begin) {
            return new Root<>(byId, size, exact, change(prefixes, begin.prefix(), at, change, hash), any);
        }
        return new Root<>(byId, size, exact, prefixes, any.change(at, change, hash));
    }

    private static <S> HashTrie<String, TypeNode<S>> change(
            HashTrie<String, TypeNode<S>> trie, String text, Address at, UnaryOperator<Node<S>> change, KeyHash hash) {
        TypeNode<S> before = trie.get(text, at.typesHash());
        TypeNode<S> after = (before == null ? TypeNode.<S>empty() : before).change(at, change, hash);
        return after.isEmpty() ? trie.without(text, at.typesHash()) : trie.with(text, at.typesHash(), after, hash::of);
    }

    /**
     * This with {@code entry}, which is not in it.
     *
     * @param key hash of its id
     */
    Root<S> with(Entry<S> entry, long key, KeyHash hash) {
        return new Root<>(byId.with(entry.id(), key, entry, hash::of), size + 1, exact, prefixes, any);
    }

    /** This without {@code entry}, which is in it. */
    Root<S> without(Entry<S> entry, long key) {
        return new Root<>(byId.without(entry.id(), key), size - 1, exact, prefixes, any);
    }
}
