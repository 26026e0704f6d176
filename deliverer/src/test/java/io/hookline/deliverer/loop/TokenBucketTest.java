package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.deliverer.endpoint.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Asked every few milliseconds, as the loop does, for half a minute. */
    private static List<Long> attempts(Rate rate, long start, long everyNanos) {
        TokenBucket bucket = new TokenBucket(rate, start);
        List<Long> times = new ArrayList<>();
        for (long at = 0; at < 30 * SECOND; at += everyNanos) {
            while (bucket.waitNanos(start + at) <= 0) {
                bucket.take(start + at);
                times.add(at);
            }
        }
        return times;
    }

    @Property(tries = 200)
    void shouldNeverLetMoreThroughThanItsRateAndATenthOfASecond(
            @ForAll @IntRange(min = 1, max = 3_000) int attempts,
            @ForAll @IntRange(min = 100, max = 5_000) int periodMs,
            @ForAll @IntRange(min = 1, max = 60) int everyMs,
            @ForAll long start) {
        List<Long> times = attempts(new Rate(attempts, periodMs), start, TimeUnit.MILLISECONDS.toNanos(everyMs));
        long most = attempts + 1 + attempts * 100L / periodMs;
        int from = 0;
        for (int i = 0; i < times.size(); i++) {
            while (times.get(i) - times.get(from) >= TimeUnit.MILLISECONDS.toNanos(periodMs)) {
                from++;
            }
            assertThat((long) i - from + 1).isLessThanOrEqualTo(most);
        }
    }

    @Property(tries = 200)
    void shouldKeepTheRateThoughTimeIsLookedAtSeldom(
            @ForAll @IntRange(min = 1, max = 5_000) int attempts, @ForAll long start) {
        int made = attempts(new Rate(attempts, 1_000), start, TimeUnit.MILLISECONDS.toNanos(60))
                .size();

        assertThat(made).isBetween((int) (30 * attempts * 0.93) - 1, (int) (30.2 * attempts) + 1);
    }

    @Example
    void shouldNotSaveUpWhatItDidNotUse() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 1_000), 0);
        bucket.take(0);
        long later = 100 * SECOND;

        assertThat(bucket.waitNanos(later)).isLessThanOrEqualTo(0);
        bucket.take(later);
        bucket.take(later);
        assertThat(bucket.waitNanos(later)).isEqualTo(SECOND / 10);
    }
}
