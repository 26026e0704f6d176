package io.hookline.deliverer.loop;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counters since the start, for people and tests; any thread may read them, loops add to them. */
public final class DelivererStats {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder parked = new LongAdder();
    private final LongAdder recalled = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder expiring = new LongAdder();
    private final LongAdder lateAnswers = new LongAdder();
    private final LongAccumulator longestTurnUs = new LongAccumulator(Math::max, 0);
    private final LongAdder commits = new LongAdder();
    private final LongAdder abortedCommits = new LongAdder();

    /** HTTP requests made. */
    public LongAdder attempts() {
        return attempts;
    }

    /** Deliveries that ended well. */
    public LongAdder delivered() {
        return delivered;
    }

    /** Attempts that will be followed by another. */
    public LongAdder retried() {
        return retried;
    }

    /** Dead letters. */
    public LongAdder dead() {
        return dead;
    }

    /** Times that a delivery was left to wait in the log: paused, disabled, too many waiting. */
    public LongAdder parked() {
        return parked;
    }

    /** Records read again for deliveries that had waited in the log, and those read over on the way to them. */
    public LongAdder recalled() {
        return recalled;
    }

    /** Deliveries put off without an attempt because their event cannot be read yet. */
    public LongAdder held() {
        return held;
    }

    /** Deliveries whose subscription was deleted. */
    public LongAdder cancelled() {
        return cancelled;
    }

    /** Times that it was foreseen that what waits for a subscription will have waited for too long. */
    public LongAdder expiring() {
        return expiring;
    }

    /** Answers that came after their partition was lost; they changed nothing. */
    public LongAdder lateAnswers() {
        return lateAnswers;
    }

    /** The longest that a loop was at work without looking whether anything had happened, in microseconds. */
    public LongAccumulator longestTurnUs() {
        return longestTurnUs;
    }

    /** Transactions committed. */
    public LongAdder commits() {
        return commits;
    }

    /** Transactions aborted or in doubt. */
    public LongAdder abortedCommits() {
        return abortedCommits;
    }
}
