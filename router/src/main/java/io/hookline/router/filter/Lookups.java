package io.hookline.router.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The conditions of one combination of a filter that an index can look up. Every one is necessary: an event that satisfies the
 * combination has a scalar at the path that equals one of the literals, or lies in one of the ranges.
 *
 * @param equalities for each path, the literals of which its scalar must equal one, as {@link Value#equals} says
 * @param ranges for each path, the ranges of which its scalar must lie in one
 * @param complete whether there is just one condition and it is among these: finding it decides, nothing is left to evaluate
 */
public record Lookups(
        Map<FieldPath, Set<Value>> equalities, Map<FieldPath, List<NumericRange>> ranges, boolean complete) {
    static Lookups of(Atom[] atoms, Filter.Branch branch) {
        Map<FieldPath, Set<Value>> equalities = new LinkedHashMap<>();
        Map<FieldPath, List<NumericRange>> ranges = new LinkedHashMap<>();
        for (long rest = branch.present(); rest != 0; rest &= rest - 1) {
            Atom atom = atoms[Long.numberOfTrailingZeros(rest)];
            if (atom.matcher() instanceof Matcher.Exactly exactly) {
                equalities.putIfAbsent(atom.path(), exactly.values());
            } else {
                List<NumericRange> intervals = intervals(atom.matcher());
                if (!intervals.isEmpty()) {
                    ranges.putIfAbsent(atom.path(), intervals);
                }
            }
        }
        boolean single = Long.bitCount(branch.present()) == 1 && branch.absent() == 0;
        return new Lookups(equalities, ranges, single && equalities.size() + ranges.size() == 1);
    }

    /** The ranges that {@code matcher} is the union of; none if it is anything else. */
    private static List<NumericRange> intervals(Matcher matcher) {
        List<Matcher> parts = matcher instanceof Matcher.AnyOf any ? any.alternatives() : List.of(matcher);
        boolean all = parts.stream().allMatch(NumericRange.class::isInstance);
        return all ? parts.stream().map(NumericRange.class::cast).toList() : List.of();
    }
}
