package io.hookline.ops.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants replayed.
 *
 * @param subscription to which
 * @param from events recorded at this time or later; null with {@code pieces}
 * @param to events recorded before this time; null: up to what is there at the start
 * @param pieces what to read instead of what was recorded in a time; empty: that
 * @param types only events of these types, as a subscription names them; empty: of all that the subscription wants
 * @param filter only events that match this pattern as well; null: all
 * @param ignoreFilter whether the subscription's own filter does not count
 * @param rate deliveries a second at most; 0 for no limit
 * @param words the same in the words of who asked; the same words continue a replay that was interrupted
 */
public record ReplayRequest(
        String subscription,
        @Nullable Instant from,
        @Nullable Instant to,
        List<Piece> pieces,
        List<String> types,
        @Nullable String filter,
        boolean ignoreFilter,
        int rate,
        String words) {
    public ReplayRequest {
        pieces = List.copyOf(pieces);
        types = List.copyOf(types);
    }
}
