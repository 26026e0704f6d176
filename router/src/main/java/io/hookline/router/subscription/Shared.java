package io.hookline.router.subscription;

import io.hookline.router.match.TypePattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What many subscriptions have in common, so that a million of them hold it once: their tenant, and the list of their event types, which is
 * then read once too. At most {@value #KEPT_MAX} of each are remembered, then it begins anew. For one thread.
 */
final class Shared {
    private static final int KEPT_MAX = 10_000;

    private final Map<String, String> tenants = new HashMap<>();
    private final Map<List<String>, List<TypePattern>> types = new HashMap<>();

    /** An equal text, the same for all who ask. */
    String tenant(String tenant) {
        String known = tenants.get(tenant);
        if (known == null) {
            room(tenants).put(tenant, tenant);
            known = tenant;
        }
        return known;
    }

    /** What was made of equal texts, if it is remembered. */
    @Nullable
    List<TypePattern> types(List<String> texts) {
        return types.get(texts);
    }

    /** Remembers what was made of {@code texts}. */
    void remember(List<String> texts, List<TypePattern> made) {
        room(types).put(List.copyOf(texts), made);
    }

    private static <K, V> Map<K, V> room(Map<K, V> map) {
        if (map.size() >= KEPT_MAX) {
            map.clear();
        }
        return map;
    }
}
