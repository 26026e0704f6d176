package io.hookline.ops.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a service.
 *
 * @param role {@code router} or {@code deliverer}
 * @param id how it names itself
 * @param version empty where it does not say
 * @param partitions how many it has of what it reads
 * @param seen when it was last heard of; null where the group says that it is there
 */
public record Running(
        String role,
        String id,
        String host,
        String version,
        int partitions,
        @Nullable Instant seen) {}
