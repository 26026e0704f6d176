package io.hookline.router.index;

import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.Lookups;
import io.hookline.router.index.Placement.Spot;
import io.hookline.router.match.TypePattern;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A million subscriptions, found by an event's type, tenant, and a scalar that their filter needs.
 *
 * <p>One thread at a time changes it ({@link #put}, {@link #remove}: a few microseconds); any number of threads {@link #select} and match
 * meanwhile, without waiting. A selection sees every change made before it and no later one, each whole.
 *
 * @param <S> what is known of a subscription, kept as it is
 */
public final class SubscriptionIndex<S> {
    private final KeyHash hash;
    private final Plans plans = new Plans();
    private volatile Root<S> root = Root.empty();

    /** An empty index whose hashes nobody can foresee. */
    public SubscriptionIndex() {
        this(new SecureRandom().nextLong(), new SecureRandom().nextLong());
    }

    /** An empty index with that key for its hashes. */
    SubscriptionIndex(long key0, long key1) {
        this.hash = new KeyHash(key0, key1);
    }

    /**
     * Adds a subscription, or replaces the one of the same id.
     *
     * @param tenant whose events it wants; null for those of every tenant and of none
     * @param types the event types it wants
     * @param filter what else an event must satisfy; null for nothing else. It is kept only where finding the subscription does not imply
     *     that it matches
     */
    public synchronized void put(
            String id,
            S subscription,
            @Nullable String tenant,
            Collection<TypePattern> types,
            @Nullable Filter filter) {
        long key = hash.of(id);
        Root<S> changed = without(root, id, key);
        List<Lookups> lookups = filter == null ? List.of() : filter.lookups();
        List<Placement> placements = new ArrayList<>(1);
        List<Address> addresses = new ArrayList<>(1);
        int nodes = 0;
        boolean decides = filter == null || decide(lookups);
        for (TypePattern pattern : distinct(types)) {
            nodes++;
            Address at = Address.of(pattern, tenant, hash);
            Node<S> node = changed.node(at);
            for (Spot spot : spots(node, filter, lookups)) {
                placements.add(new Placement(pattern, tenant, spot));
                addresses.add(at);
                decides &= filter == null || !(spot instanceof Spot.Always);
            }
        }
        Entry<S> entry = new Entry<>(
                id,
                subscription,
                decides ? null : filter,
                filter != null && filter.looksIntoData(),
                placements.size() > nodes,
                List.copyOf(placements));
        Set<FieldPath> paths = entry.paths();
        for (int i = 0; i < addresses.size(); i++) {
            Spot spot = placements.get(i).spot();
            changed = changed.change(addresses.get(i), node -> placed(node, spot, entry, paths), hash);
        }
        root = changed.with(entry, key, hash);
    }

    /** Removes the subscription of that id, if there is one. */
    public synchronized void remove(String id) {
        root = without(root, id, hash.of(id));
    }

    /** How many subscriptions there are. */
    public int size() {
        return root.size();
    }

    /**
     * The subscriptions that may match an event of that type.
     *
     * @param tenant the event's tenant; null if it has none, when only platform-wide subscriptions can match
     */
    public Candidates<S> select(String type, @Nullable String tenant) {
        Root<S> now = root;
        List<Node<S>> nodes = named(now, type, tenant);
        look(now.any(), tenant, nodes);
        return candidates(nodes);
    }

    /** The same without those that want every type. */
    public Candidates<S> selectNamed(String type, @Nullable String tenant) {
        return candidates(named(root, type, tenant));
    }

    private List<Node<S>> named(Root<S> now, String type, @Nullable String tenant) {
        List<Node<S>> nodes = new ArrayList<>(2);
        look(now.exact().get(type, hash.of(type)), tenant, nodes);
        if (!now.prefixes().isEmpty()) {
            for (int dot = type.indexOf('.'); dot >= 0; dot = type.indexOf('.', dot + 1)) {
                String begin = type.substring(0, dot + 1);
                look(now.prefixes().get(begin, hash.of(begin)), tenant, nodes);
            }
        }
        return nodes;
    }

    private Candidates<S> candidates(List<Node<S>> nodes) {
        FieldPlan plan = FieldPlan.NOTHING;
        for (Node<S> node : nodes) {
            plan = plans.merge(plan, node.plan());
        }
        return new Candidates<>(nodes, plan, hash);
    }

    private void look(@Nullable TypeNode<S> types, @Nullable String tenant, List<Node<S>> found) {
        if (types == null) {
            return;
        }
        if (!types.platform().isEmpty()) {
            found.add(types.platform());
        }
        Node<S> own = tenant == null ? null : types.tenants().get(tenant, hash.of(tenant));
        if (own != null) {
            found.add(own);
        }
    }

    private Node<S> placed(Node<S> before, Spot spot, Entry<S> entry, Set<FieldPath> paths) {
        Node<S> node = before.with(spot, entry, hash);
        FieldPlan plan = spot == Spot.Always.APART ? null : plans.extend(node.plan(), paths);
        return plan == null || plan == node.plan() ? node : node.withPlan(plan);
    }

    private Node<S> displaced(Node<S> before, Spot spot, Entry<S> entry) {
        Node<S> node = before.without(spot, entry, hash);
        return node.isPlanStale() ? node.withPlan(plans.of(node.paths())) : node;
    }

    /** Whether for each combination one lookup says all. */
    private static boolean decide(List<Lookups> lookups) {
        for (Lookups each : lookups) {
            if (!each.complete()) {
                return false;
            }
        }
        return true;
    }

    private List<Spot> spots(Node<S> node, @Nullable Filter filter, List<Lookups> lookups) {
        if (filter == null) {
            return List.of(Spot.Always.MATCHES);
        }
        if (plans.extend(node.plan(), filter.paths()) == null) {
            return List.of(Spot.Always.APART);
        }
        return Placer.spots(lookups, node, hash);
    }

    private Root<S> without(Root<S> before, String id, long key) {
        Entry<S> entry = before.byId().get(id, key);
        if (entry == null) {
            return before;
        }
        Root<S> changed = before.without(entry, key);
        for (Placement placement : entry.placements()) {
            Address at = Address.of(placement.types(), placement.tenant(), hash);
            changed = changed.change(at, node -> displaced(node, placement.spot(), entry), hash);
        }
        return changed;
    }

    /** The patterns that no other includes: an event's type then fits at most one of them. */
    private static Collection<TypePattern> distinct(Collection<TypePattern> types) {
        if (types.size() == 1) {
            return types;
        }
        Set<TypePattern> all = Set.copyOf(types);
        return all.stream()
                .filter(each -> all.stream().noneMatch(other -> !other.equals(each) && includes(other, each)))
                .toList();
    }

    private static boolean includes(TypePattern other, TypePattern each) {
        if (each instanceof TypePattern.Exact exact) {
            return other.matches(exact.type());
        }
        return each instanceof TypePattern.Prefix prefix
                && !(other instanceof TypePattern.Exact)
                && other.matches(prefix.prefix());
    }
}
