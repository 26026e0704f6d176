package io.hookline.router.index;

import java.util.function.UnaryOperator;

/** The subscriptions to one event type, or to one pattern of types: the platform's, and each tenant's. Immutable. */
record TypeNode<S>(Node<S> platform, HashTrie<String, Node<S>> tenants) {
    static <S> TypeNode<S> empty() {
        return new TypeNode<>(Node.empty(), HashTrie.empty());
    }

    boolean isEmpty() {
        return platform.isEmpty() && tenants.isEmpty();
    }

    Node<S> node(Address at) {
        Node<S> node = at.tenant() == null ? platform : tenants.get(at.tenant(), at.tenantHash());
        return node == null ? Node.empty() : node;
    }

    /** This with another node there. */
    TypeNode<S> change(Address at, UnaryOperator<Node<S>> change, KeyHash hash) {
        String tenant = at.tenant();
        if (tenant == null) {
            return new TypeNode<>(change.apply(platform), tenants);
        }
        Node<S> after = change.apply(node(at));
        return new TypeNode<>(
                platform,
                after.isEmpty()
                        ? tenants.without(tenant, at.tenantHash())
                        : tenants.with(tenant, at.tenantHash(), after, hash::of));
    }
}
