package io.hookline.router.index;

import org.jspecify.annotations.Nullable;

/** The subscriptions to one event type, or to one pattern of types: the platform's, and each tenant's. Immutable. */
record TypeNode<S>(Node<S> platform, HashTrie<String, Node<S>> tenants) {
    static <S> TypeNode<S> empty() {
        return new TypeNode<>(Node.empty(), HashTrie.empty());
    }

    boolean isEmpty() {
        return platform.isEmpty() && tenants.isEmpty();
    }

    Node<S> node(@Nullable String tenant, KeyHash hash) {
        Node<S> node = tenant == null ? platform : tenants.get(tenant, hash.of(tenant));
        return node == null ? Node.empty() : node;
    }

    TypeNode<S> with(@Nullable String tenant, Node<S> node, KeyHash hash) {
        if (tenant == null) {
            return new TypeNode<>(node, tenants);
        }
        long key = hash.of(tenant);
        return new TypeNode<>(
                platform, node.isEmpty() ? tenants.without(tenant, key) : tenants.with(tenant, key, node, hash::of));
    }
}
