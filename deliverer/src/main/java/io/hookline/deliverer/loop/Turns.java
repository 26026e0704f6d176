package io.hookline.deliverer.loop;

import io.hookline.deliverer.loop.Source.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Whose turn it is, among the subscriptions that could make an attempt: kinds of work share by {@link Kinds}, tenants with a kind of work take turns,
 * subscriptions of a tenant take turns. So neither a tenant with many subscriptions nor a subscription with a long queue takes anything from the
 * others. A subscription stands once for each kind of work it has.
 */
final class Turns {
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<Kind, Deque<Tenant>> lines = new EnumMap<>(Kind.class);
    private final Kinds order = new Kinds();
    private int bits;

    Turns() {
        for (Kind kind : Kind.values()) {
            lines.put(kind, new ArrayDeque<>());
        }
    }

    boolean isEmpty() {
        return bits == 0;
    }

    /** Known as long as it has something in flight or waits. */
    Tenant tenant(String name) {
        return tenants.computeIfAbsent(name, Tenant::new);
    }

    /** How many attempts of a tenant are under way. */
    int inFlight(String name) {
        Tenant known = tenants.get(name);
        return known == null ? 0 : known.inFlight();
    }

    /** Forgets a tenant that has nothing to do. */
    void rest(Tenant tenant) {
        if (tenant.isIdle()) {
            tenants.remove(tenant.name());
        }
    }

    /** Lets a subscription take part with each kind of work it has and does not stand for yet. */
    void add(Target target) {
        int kinds = target.waiting().kinds() & ~target.queuedKinds();
        if (kinds == 0) {
            return;
        }
        Tenant tenant = tenant(target.tenant());
        for (Kind kind : Kind.BY_RANK) {
            if ((kinds & kind.bit()) != 0) {
                if (tenant.add(kind, target)) {
                    line(kind).addLast(tenant);
                    bits |= kind.bit();
                }
            }
        }
        target.queuedKinds(target.queuedKinds() | kinds);
    }

    /** Takes out whose turn it is; somebody must be there. */
    Target next() {
        Kind kind = order.next(bits);
        Deque<Tenant> line = line(kind);
        Tenant tenant = line.removeFirst();
        Target target = tenant.next(kind);
        if (tenant.has(kind)) {
            line.addLast(tenant);
        } else if (line.isEmpty()) {
            bits &= ~kind.bit();
        }
        target.queuedKinds(target.queuedKinds() & ~kind.bit());
        rest(tenant);
        return target;
    }

    private Deque<Tenant> line(Kind kind) {
        return Objects.requireNonNull(lines.get(kind));
    }
}
