package io.hookline.router.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by event type and tenant, each filter evaluated in turn: right for thousands of subscriptions, not for a million. An
 * event of type {@code a.b.c} looks into the buckets {@code a.b.c}, {@code a.b.*}, {@code a.*} and {@code *}, each of its own tenant and
 * platform-wide.
 *
 * <p>A reader takes the buckets' contents under an optimistic read, so a route that moves between buckets is never missed.
 */
public final class PlainMatcher implements Matcher {
    private record Key(TypePattern types, @Nullable String tenant) {}

    private final StampedLock lock = new StampedLock();
    private final Map<String, Route> all = new HashMap<>();
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
    private volatile int size;

    @Override
    public void put(Route route) {
        Set<Key> now = keys(route);
        long stamp = lock.writeLock();
        try {
            Route before = all.put(route.id(), route);
            now.forEach(key -> buckets.computeIfAbsent(key, k -> new Bucket()).put(route));
            if (before != null) {
                drop(before, now);
            }
            size = all.size();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Override
    public void remove(String id) {
        long stamp = lock.writeLock();
        try {
            Route before = all.remove(id);
            if (before != null) {
                drop(before, Set.of());
            }
            size = all.size();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Selection select(String type, @Nullable String tenant) {
        long optimistic = lock.tryOptimisticRead();
        List<Bucket.Content> found = collect(type, tenant);
        if (lock.validate(optimistic)) {
            return new Candidates(found);
        }
        long stamp = lock.readLock();
        try {
            return new Candidates(collect(type, tenant));
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private List<Bucket.Content> collect(String type, @Nullable String tenant) {
        List<Bucket.Content> found = new ArrayList<>(2);
        look(new TypePattern.Exact(type), tenant, found);
        for (int dot = type.indexOf('.'); dot >= 0; dot = type.indexOf('.', dot + 1)) {
            look(new TypePattern.Prefix(type.substring(0, dot + 1)), tenant, found);
        }
        look(new TypePattern.Any(), tenant, found);
        return found;
    }

    private void look(TypePattern types, @Nullable String tenant, List<Bucket.Content> found) {
        add(buckets.get(new Key(types, null)), found);
        if (tenant != null) {
            add(buckets.get(new Key(types, tenant)), found);
        }
    }

    private static void add(@Nullable Bucket bucket, List<Bucket.Content> found) {
        Bucket.Content content = bucket == null ? null : bucket.content();
        if (content != null && content.size() > 0) {
            found.add(content);
        }
    }

    private void drop(Route route, Set<Key> kept) {
        for (Key key : keys(route)) {
            Bucket bucket = kept.contains(key) ? null : buckets.get(key);
            if (bucket != null) {
                bucket.remove(route.id());
                if (bucket.content().size() == 0) {
                    buckets.remove(key);
                }
            }
        }
    }

    private static Set<Key> keys(Route route) {
        Set<Key> keys = new HashSet<>();
        route.types().forEach(types -> keys.add(new Key(types, route.tenant())));
        return keys;
    }
}
