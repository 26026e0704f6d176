package io.hookline.deliverer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.schemas.topic.RetryTier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SchedulePropertyTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final long TWO_DAYS_MS = 2 * 24 * 3_600_000L;

    @Provide
    Arbitrary<List<Duration>> waits() {
        Arbitrary<Long> any = Arbitraries.longs().between(1, TWO_DAYS_MS);
        Arbitrary<Long> round = Arbitraries.of(1L, 1_000L, 60_000L, 3_600_000L)
                .flatMap(unit ->
                        Arbitraries.longs().between(1, TWO_DAYS_MS / unit).map(n -> n * unit));
        return Arbitraries.oneOf(any, round)
                .map(Duration::ofMillis)
                .list()
                .ofMinSize(1)
                .ofMaxSize(RetrySchedule.DELAYS_MAX);
    }

    @Property
    void shouldReadWhatItWrites(@ForAll("waits") List<Duration> waits, @ForAll @IntRange(max = 50) int percent) {
        RetrySchedule schedule = new RetrySchedule(waits, percent / 100.0);
        assertThat(RetrySchedule.parse(schedule.toString())).isEqualTo(schedule);
    }

    @Property(tries = 5_000)
    void shouldStayWithinTheJitter(
            @ForAll @LongRange(min = 1, max = TWO_DAYS_MS) long waitMs,
            @ForAll @IntRange(max = 50) int percent,
            @ForAll long seed) {
        RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofMillis(waitMs)), percent / 100.0);
        long next = schedule.next(1, NOW, new SplittableRandom(seed)).getAsLong();
        // Half a millisecond of rounding at each end.
        assertThat(next - NOW).isBetween((long) Math.floor(waitMs * (1 - percent / 100.0)), (long)
                Math.ceil(waitMs * (1 + percent / 100.0)));
    }

    /** The naive model: as many single draws, each as likely as another, without a look at the tiers. */
    @Property(tries = 200)
    void shouldNeverCostMoreHopsThanTheBestOfSomeDraws(
            @ForAll @LongRange(min = 1, max = TWO_DAYS_MS) long waitMs,
            @ForAll @IntRange(min = 1, max = 50) int percent,
            @ForAll long seed) {
        RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofMillis(waitMs)), percent / 100.0);
        SplittableRandom random = new SplittableRandom(seed);
        long spread = Math.round(waitMs * percent / 100.0);
        double naive = 0;
        double ours = 0;
        for (int i = 0; i < 100; i++) {
            naive += TierPlan.hops(waitMs - spread + random.nextLong(2 * spread + 1));
            ours += TierPlan.hops(schedule.next(1, 0, random).getAsLong());
        }
        assertThat(ours).isLessThanOrEqualTo(Math.max(naive, 100.0 * TierPlan.HOPS_WANTED_MAX));
    }

    @Property(tries = 5_000)
    void shouldReachEveryWindowHopByHop(
            @ForAll @LongRange(min = 0, max = 3 * TWO_DAYS_MS) long waitMs,
            @ForAll @LongRange(min = 0, max = TWO_DAYS_MS) long width) {
        DueWindow window = new DueWindow(NOW + waitMs, NOW + waitMs + width);
        follow(window, NOW, 0, new SplittableRandom(waitMs));
    }

    /** As in life: every tier lets go a little late. */
    @Property(tries = 5_000)
    void shouldReachEveryWindowThoughTiersAreLate(
            @ForAll @LongRange(min = 0, max = TWO_DAYS_MS) long waitMs, @ForAll long seed) {
        follow(DueWindow.at(NOW + waitMs), NOW, 300, new SplittableRandom(seed));
    }

    private static void follow(DueWindow window, long start, int lateMsMax, SplittableRandom random) {
        long now = start;
        int hops = 0;
        Optional<RetryTier> next = TierPlan.next(window, now);
        while (next.isPresent()) {
            assertThat(now + next.get().delayMs())
                    .as("release of %s", next.get())
                    .isLessThanOrEqualTo(window.notAfterMs());
            now += next.get().delayMs() + random.nextInt(lateMsMax + 1);
            hops++;
            assertThat(hops).isLessThan(100);
            next = TierPlan.next(window, now);
        }
        assertThat(window.notBeforeMs() - now).isLessThanOrEqualTo(TierPlan.HOLD_MS_MAX);
        assertThat(now).isLessThanOrEqualTo(Math.max(start, window.notAfterMs()) + lateMsMax);
    }

    @Property(tries = 5_000)
    void shouldWriteDownEvenTheShortestWait(@ForAll @LongRange(min = -TWO_DAYS_MS, max = TWO_DAYS_MS) long waitMs) {
        DueWindow window = DueWindow.at(NOW + waitMs);
        RetryTier first = TierPlan.first(window, NOW);
        Optional<RetryTier> next = TierPlan.next(window, NOW);
        next.ifPresent(tier -> assertThat(first).isEqualTo(tier));
        if (waitMs >= 0) {
            assertThat(NOW + first.delayMs()).isLessThanOrEqualTo(window.notAfterMs());
        } else {
            assertThat(first).isEqualTo(RetryTier.S1);
        }
    }

    /** The ranges that draws prefer are what they say they are, checked at both ends and in between. */
    @Property(tries = 20_000)
    void shouldDrawFewHopsWhereTheRangeHasThem(
            @ForAll @LongRange(min = 0, max = TWO_DAYS_MS) long fromMs,
            @ForAll @LongRange(min = 0, max = 3_600_000) long width,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long drawn = FewHops.draw(fromMs, fromMs + width, random);
        assertThat(drawn).isBetween(fromMs, fromMs + width);
        boolean hasFew = false;
        for (long wait = fromMs; wait <= fromMs + width && !hasFew; wait += 2_500) {
            hasFew = TierPlan.hops(wait) <= TierPlan.HOPS_WANTED_MAX
                    && TierPlan.hops(wait + 1_000) <= 3
                    && wait + 1_000 <= fromMs + width;
        }
        if (hasFew) {
            assertThat(TierPlan.hops(drawn)).isLessThanOrEqualTo(TierPlan.HOPS_WANTED_MAX);
        }
    }
}
