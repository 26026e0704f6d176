package io.hookline.schemas.registry;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A map of at most about {@code entriesMax} entries that forgets the oldest first. Reads take no lock. What is cached here can
 * be asked for again, so forgetting costs a call and loses nothing.
 */
final class BoundedCache<K, V> {
    private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();
    private final Queue<K> byAge = new ConcurrentLinkedQueue<>();
    private final int entriesMax;

    BoundedCache(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        if (entries.put(key, value) == null) {
            byAge.add(key);
        }
        while (entries.size() > entriesMax) {
            K oldest = byAge.poll();
            if (oldest == null) {
                return;
            }
            entries.remove(oldest);
        }
    }

    /** Removes one entry if it still holds that value. Its place in the order of age goes with its next eviction. */
    void remove(K key, V value) {
        if (entries.remove(key, value)) {
            byAge.remove(key);
        }
    }

    int size() {
        return entries.size();
    }
}
