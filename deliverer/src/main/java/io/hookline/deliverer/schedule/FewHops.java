package io.hookline.deliverer.schedule;

import io.hookline.schemas.topic.RetryTier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Waits that cost few writes on their way through the tiers. */
final class FewHops {
    private static final int TRIES = 16;
    private static final List<Range> ALL = all();

    /** Waits from one to the other, both included, in milliseconds. */
    private record Range(long fromMs, long toMs) {
        Range within(long leastMs, long mostMs) {
            return new Range(Math.max(fromMs, leastMs), Math.min(toMs, mostMs));
        }

        long size() {
            return Math.max(0, toMs - fromMs + 1);
        }
    }

    private FewHops() {}

    /**
     * A wait in the range, both ends included, at random: evenly from all those that pass through few tiers ({@link
     * TierPlan#HOPS_WANTED_MAX}); where the range has none, the best of several that were drawn evenly.
     *
     * <p>What passes through few tiers are sums of tiers, and up to {@link TierPlan#HOLD_MS_MAX} more. They lie above a tier rather than below
     * it, and not everywhere: {@code 10h jitter 20%} leaves stretches of 5 s and more between 10h and 12h.
     */
    static long draw(long fromMs, long toMs, RandomGenerator random) {
        long size = 0;
        for (Range range : ALL) {
            size += range.within(fromMs, toMs).size();
        }
        if (size == 0) {
            return best(fromMs, toMs, random);
        }
        long at = random.nextLong(size);
        for (Range range : ALL) {
            Range part = range.within(fromMs, toMs);
            if (at < part.size()) {
                return part.fromMs() + at;
            }
            at -= part.size();
        }
        throw new IllegalStateException("No wait from " + fromMs + " to " + toMs + " ms was drawn.");
    }

    private static long best(long fromMs, long toMs, RandomGenerator random) {
        long best = fromMs + random.nextLong(toMs - fromMs + 1);
        for (int i = 1; i < TRIES && toMs > fromMs; i++) {
            long wait = fromMs + random.nextLong(toMs - fromMs + 1);
            best = TierPlan.hops(wait) < TierPlan.hops(best) ? wait : best;
        }
        return best;
    }

    private static List<Range> all() {
        TreeSet<Long> sums = new TreeSet<>(List.of(0L));
        for (int i = 0; i < TierPlan.HOPS_WANTED_MAX; i++) {
            for (long sum : List.copyOf(sums)) {
                for (RetryTier tier : RetryTier.values()) {
                    sums.add(sum + tier.delayMs());
                }
            }
        }
        List<Range> ranges = new ArrayList<>();
        for (long sum : sums) {
            Range last = ranges.isEmpty() ? new Range(-1, -1) : ranges.get(ranges.size() - 1);
            if (sum <= last.toMs()) {
                ranges.set(ranges.size() - 1, new Range(last.fromMs(), sum + TierPlan.HOLD_MS_MAX));
            } else {
                ranges.add(new Range(sum, sum + TierPlan.HOLD_MS_MAX));
            }
        }
        return List.copyOf(ranges);
    }
}
