package io.hookline.router.index;

import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.Lookups;
import io.hookline.router.filter.NumericRange;
import io.hookline.router.filter.Value;
import io.hookline.router.index.Placement.Spot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the spots of a filter: for each combination that satisfies it, one condition that an event must meet and that can be looked up.
 * The rarer the better: of the equalities, that whose literals lead to the fewest subscriptions so far, where a path that no other
 * subscription uses counts as one more, for the lookup that every event then pays. Only where there is no equality, a range.
 */
final class Placer {
    /** A filter with more spots than this is evaluated for every event instead: memory for one subscription must have a bound. */
    private static final int SPOTS_MAX = 512;

    /** How many literals of one condition are counted; the others are taken to be like them. */
    private static final int COUNTED_MAX = 16;

    private Placer() {}

    /** The spots for a filter's combinations, of which each is necessary for one; {@link Spot.Always#EVALUATED} if there are none. */
    static <S> List<Spot> spots(List<Lookups> combinations, Node<S> node, KeyHash hash) {
        if (combinations.size() == 1) {
            List<Spot> best = best(combinations.get(0), node, hash);
            return best.isEmpty() || best.size() > SPOTS_MAX ? List.of(Spot.Always.EVALUATED) : best;
        }
        Set<Spot> spots = new LinkedHashSet<>();
        for (Lookups lookups : combinations) {
            List<Spot> best = best(lookups, node, hash);
            spots.addAll(best);
            if (best.isEmpty() || spots.size() > SPOTS_MAX) {
                return List.of(Spot.Always.EVALUATED);
            }
        }
        return List.copyOf(spots);
    }

    private static <S> List<Spot> best(Lookups lookups, Node<S> node, KeyHash hash) {
        List<Spot> spots = new ArrayList<>();
        Map.Entry<FieldPath, Set<Value>> equality = rarest(lookups.equalities(), node, hash);
        if (equality != null) {
            FieldPath path = known(equality.getKey(), node);
            equality.getValue().forEach(value -> spots.add(new Spot.Equal(path, value)));
        } else if (!lookups.ranges().isEmpty()) {
            Map.Entry<FieldPath, List<NumericRange>> range =
                    lookups.ranges().entrySet().iterator().next();
            FieldPath path = known(range.getKey(), node);
            new LinkedHashSet<>(range.getValue()).forEach(each -> spots.add(new Spot.Within(path, each)));
        }
        return spots;
    }

    private static <S> Map.@Nullable Entry<FieldPath, Set<Value>> rarest(
            Map<FieldPath, Set<Value>> equalities, Node<S> node, KeyHash hash) {
        if (equalities.size() == 1) {
            return equalities.entrySet().iterator().next();
        }
        Map.Entry<FieldPath, Set<Value>> rarest = null;
        long least = Long.MAX_VALUE;
        for (Map.Entry<FieldPath, Set<Value>> each : equalities.entrySet()) {
            long cost = cost(each.getKey(), each.getValue(), node, hash);
            if (cost < least) {
                least = cost;
                rarest = each;
            }
        }
        return rarest;
    }

    /** Twice the number of subscriptions that are found beside this one, and a little for each further literal and for a new path. */
    private static <S> long cost(FieldPath path, Set<Value> values, Node<S> node, KeyHash hash) {
        Access<S> access = node.access(path);
        if (access == null) {
            return 2L * values.size() + 1;
        }
        long found = 0;
        int counted = 0;
        for (Value value : values) {
            if (counted == COUNTED_MAX) {
                break;
            }
            found += access.size(value, hash);
            counted++;
        }
        return 2 * found * values.size() / counted + 2L * (values.size() - 1);
    }

    /** The object that is used for this path here already, so that a million subscriptions share it. */
    private static <S> FieldPath known(FieldPath path, Node<S> node) {
        Access<S> access = node.access(path);
        return access == null ? path : access.path();
    }
}
