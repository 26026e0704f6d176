package io.hookline.ops.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits at one stage.
 *
 * @param records how many records; a delivery's record may be for several subscriptions
 * @param exact whether they were counted; otherwise the number is that of offsets, which transactions use too: an upper bound
 * @param oldest when the first of them was recorded; null where none waits
 */
public record Waiting(long records, boolean exact, @Nullable Instant oldest) {
    static final Waiting NOTHING = new Waiting(0, true, null);
}
