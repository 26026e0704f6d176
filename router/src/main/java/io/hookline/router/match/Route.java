package io.hookline.router.match;

import io.hookline.router.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What routing needs to know of one subscription. Two routes are the same subscription if their ids are equal.
 *
 * @param id subscription id
 * @param partition its partition p, in every topic that has P partitions
 * @param tenant whose events it receives; null for those of every tenant and of none (platform-wide)
 * @param types the event types it wants, at least one
 * @param filter what else an event must satisfy; null for nothing else
 * @param createdAtMs events recorded before this moment are not its events, milliseconds since 1970
 */
public record Route(
        String id,
        int partition,
        @Nullable String tenant,
        List<TypePattern> types,
        @Nullable Filter filter,
        long createdAtMs) {
    public Route {
        types = List.copyOf(types);
    }
}
