package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.Explanation;
import io.hookline.router.filter.Explanation.Failure;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.filter.JsonEventView;
import io.hookline.router.filter.UnreadableEventException;
import io.hookline.router.match.TypePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a router would send an event to a subscription, and if not, why not. It asks the same matcher as a router; that an event was
 * recorded before the subscription was made is left out.
 *
 * @param matches whether it would
 * @param reasons if not: the ways in which the event could match, each with all that it lacks. There is one, or with {@code $or} in the filter
 *     several
 */
public record RouteCheck(boolean matches, List<String> reasons) {
    private static final RouteCheck MATCHES = new RouteCheck(true, List.of());

    /**
     * An event to check.
     *
     * @param data JSON in UTF-8
     */
    public record Sample(EventAttributes attributes, byte[] data) {}

    /** Checks one subscription. */
    public static RouteCheck of(Subscription subscription, Sample event) {
        List<Failure> failures = new ArrayList<>();
        type(subscription, event, failures);
        tenant(subscription, event, failures);
        List<String> filter = filter(subscription.getFilter(), event);
        if (failures.isEmpty()) {
            return filter.isEmpty() ? MATCHES : new RouteCheck(false, filter);
        }
        String outside = failures.stream().map(Failure::toString).collect(Collectors.joining("; and "));
        return new RouteCheck(
                false,
                filter.isEmpty()
                        ? List.of(outside)
                        : filter.stream()
                                .map(inside -> outside + "; and " + inside)
                                .toList());
    }

    /** Whether the event's type and tenant are the subscription's: only its filter can then keep them apart. */
    public static boolean isNear(Subscription subscription, Sample event) {
        List<Failure> failures = new ArrayList<>();
        type(subscription, event, failures);
        tenant(subscription, event, failures);
        return failures.isEmpty();
    }

    private static void type(Subscription subscription, Sample event, List<Failure> failures) {
        String type = event.attributes().type();
        List<String> patterns = subscription.getEventTypes();
        if (patterns.stream().noneMatch(pattern -> covers(pattern, type))) {
            failures.add(new Failure("type", quoted(type), String.join(" or ", patterns)));
        }
    }

    private static boolean covers(String pattern, @Nullable String type) {
        try {
            return type != null && TypePattern.parse(pattern).matches(type);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void tenant(Subscription subscription, Sample event, List<Failure> failures) {
        String tenant = event.attributes().tenant();
        if (!subscription.getPlatformWide()
                && !String.valueOf(subscription.getTenant()).equals(tenant)) {
            failures.add(new Failure("tenant", quoted(tenant), quoted(subscription.getTenant())));
        }
    }

    private static List<String> filter(@Nullable String pattern, Sample event) {
        if (pattern == null) {
            return List.of();
        }
        try {
            Filter filter = Filter.parse(pattern);
            Explanation explanation =
                    filter.explain(new JsonEventView(event.attributes(), event.data(), filter.plan()));
            return explanation.alternatives().stream()
                    .map(way -> way.failures().stream().map(Failure::toString).collect(Collectors.joining("; and ")))
                    .toList();
        } catch (InvalidFilterException e) {
            return List.of("its filter cannot be used: " + e.getMessage());
        } catch (UnreadableEventException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "nothing" : "\"" + text + "\"";
    }
}
