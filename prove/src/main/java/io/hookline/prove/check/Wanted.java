package io.hookline.prove.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as it is in its topic: who shall receive what, decided here without any code of the router.
 *
 * @param partition its partition in every topic that has P
 * @param tenant whose events; null for those of everyone
 * @param types exact types, prefixes that end with {@code .*}, or {@code *}
 * @param quantityMin the least {@code data.quantity} that its filter lets pass; null without a filter
 * @param createdAtMs earlier events are not for it, milliseconds since 1970
 * @param hasLog whether its receiver keeps a log; one that breaks the protocol does not, and can only get dead letters
 */
public record Wanted(
        String id,
        int partition,
        @Nullable String tenant,
        List<String> types,
        @Nullable Integer quantityMin,
        long createdAtMs,
        Ordering ordering,
        boolean hasLog) {

    /** What order it asks for. */
    public enum Ordering {
        NONE,
        KEY,
        ENDPOINT
    }

    /** Whether this event is for it. */
    boolean matches(Event event) {
        return (tenant == null || tenant.equals(event.attributes().tenant()))
                && types.stream().anyMatch(pattern -> isOfType(pattern, event.type()))
                && createdAtMs <= event.recordedAtMs()
                && (quantityMin == null || (event.quantity() != null && event.quantity() >= quantityMin));
    }

    private static boolean isOfType(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
