package io.hookline.router.index;

import io.hookline.router.match.TypePattern;
import org.jspecify.annotations.Nullable;

/**
 * Which node: that of the subscriptions of {@code tenant} (null: the platform's) to {@code types}, with the hashes of both, which are used
 * several times.
 */
record Address(TypePattern types, @Nullable String tenant, long typesHash, long tenantHash) {
    static Address of(TypePattern types, @Nullable String tenant, KeyHash hash) {
        String text = "";
        if (types instanceof TypePattern.Exact exact) {
            text = exact.type();
        } else if (types instanceof TypePattern.Prefix prefix) {
            text = prefix.prefix();
        }
        return new Address(types, tenant, hash.of(text), tenant == null ? 0 : hash.of(tenant));
    }
}
