package io.hookline.router.index;

import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.NumericRange;
import io.hookline.router.filter.Value;
import io.hookline.router.match.TypePattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription stands: under its event types and tenant, at one spot.
 *
 * @param tenant null for platform-wide
 */
record Placement(TypePattern types, @Nullable String tenant, Spot spot) {
    /** How an event gets there. */
    sealed interface Spot {
        /** What has to be read to get there; null for nothing. */
        default @Nullable FieldPath path() {
            return null;
        }

        /** A scalar at {@code path} equals {@code value}. */
        record Equal(FieldPath path, Value value) implements Spot {}

        /** A number at {@code path} is in {@code range}. */
        record Within(FieldPath path, NumericRange range) implements Spot {}

        /** Every event gets there. */
        enum Always implements Spot {
            /** No filter: every event matches. */
            MATCHES,
            /** Nothing in the filter can be looked up: it is evaluated for every event. */
            EVALUATED,
            /** As {@link #EVALUATED}, and its paths are too many to be read along with those of the others. */
            APART
        }
    }
}
