package io.hookline.router.index;

import io.hookline.router.match.TypePattern;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    Node<S> node(TypePattern types, @Nullable String tenant, KeyHash hash) {
        TypeNode<S> there;
        if (types instanceof TypePattern.Exact one) {
            there = exact.get(one.type(), hash.of(one.type()));
        } else if (types instanceof TypePattern.Prefix begin) {
            there = prefixes.get(begin.prefix(), hash.of(begin.prefix()));
        } else {
            there = any;
        }
        return there == null ? Node.empty() : there.node(tenant, hash);
    }

    Root<S> with(TypePattern types, @Nullable String tenant, Node<S> node, KeyHash hash) {
        UnaryOperator<TypeNode<S>> change = there -> there.with(tenant, node, hash);
        if (types instanceof TypePattern.Exact one) {
            return new Root<>(byId, size, change(exact, one.type(), change, hash), prefixes, any);
        }
        if (types instanceof TypePattern.Prefix begin) {
            return new Root<>(byId, size, exact, change(prefixes, begin.prefix(), change, hash), any);
        }
        return new Root<>(byId, size, exact, prefixes, change.apply(any));
    }

    private static <S> HashTrie<String, TypeNode<S>> change(
            HashTrie<String, TypeNode<S>> trie, String text, UnaryOperator<TypeNode<S>> change, KeyHash hash) {
        long key = hash.of(text);
        TypeNode<S> before = trie.get(text, key);
        TypeNode<S> after = change.apply(before == null ? TypeNode.empty() : before);
        return after.isEmpty() ? trie.without(text, key) : trie.with(text, key, after, hash::of);
    }

    Root<S> with(Entry<S> entry, KeyHash hash) {
        long key = hash.of(entry.id());
        boolean replaces = byId.get(entry.id(), key) != null;
        return new Root<>(
                byId.with(entry.id(), key, entry, hash::of), replaces ? size : size + 1, exact, prefixes, any);
    }

    Root<S> without(Entry<S> entry, KeyHash hash) {
        return new Root<>(byId.without(entry.id(), hash.of(entry.id())), size - 1, exact, prefixes, any);
    }
}
