package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import io.hookline.ops.kafka.OpsSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tenants within their number of subscriptions, for one round of decisions: what is stored is counted when the first new one asks, and each that is
 * granted counts at once. Platform-wide subscriptions are nobody's.
 */
final class TenantLimit {
    private final SubscriptionStore store;
    private final int partitions;
    private final int most;
    private @Nullable Map<String, Integer> counts;

    /** @param most 0: any number */
    TenantLimit(SubscriptionStore store, int partitions, int most) {
        this.store = store;
        this.partitions = partitions;
        this.most = most;
    }

    /** The decision, or why it is refused: it would give a tenant one more than it may have. */
    Decision check(@Nullable Subscription current, Decision decision) {
        if (most == 0 || !(decision instanceof Decision.Put put)) {
            return decision;
        }
        String tenant = put.next().getTenant();
        if (tenant == null || (current != null && tenant.equals(current.getTenant()))) {
            return decision;
        }
        Map<String, Integer> known = counts();
        int has = known.getOrDefault(tenant, 0);
        if (has >= most) {
            return new Decision.Refuse("tenant '" + tenant + "' has " + has + " subscriptions, and at most " + most
                    + " are allowed (" + OpsSettings.TENANT_SUBSCRIPTIONS + "): delete one, or raise the limit.");
        }
        known.put(tenant, has + 1);
        return decision;
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> known = counts;
        if (known == null) {
            known = new HashMap<>();
            for (int p = 0; p < partitions; p++) {
                for (StoredSubscription stored : store.readPartition(p).values()) {
                    Subscription readable = stored.subscription();
                    if (readable != null && readable.getTenant() != null) {
                        known.merge(readable.getTenant(), 1, Integer::sum);
                    }
                }
            }
            counts = known;
        }
        return known;
    }
}
