package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of an owned partition, with the works that wait for it and how many are under way. {@code
 * Known -> Deleted -> Known} by its records; disabled by its endpoint, enabled by a later record.
 */
final class Target {
    private static final int ROUNDS_WAITING = 4;
    private static final int WAITING_MIN = 8;

    /** Four fifths of what the log keeps: nothing may be taken by retention without a word. */
    private static final long WAITS_MS_MAX = TopicCatalogue.DELIVERIES_KEPT.toMillis() / 5 * 4;

    private final Partition partition;
    private final String id;
    private final Waiting waiting = new Waiting();
    private Definition definition = new Deleted();
    private long offset = -1;
    private @Nullable Reason disabled;
    private int inFlight;
    private long bytes;
    private int queuedKinds;
    private boolean isSqueezed;
    private long usedMs = -1;
    private boolean awaitsName;
    private @Nullable Backlog backlog;
    private InFlightWindow window = new InFlightWindow(InFlightWindow.INITIAL);
    private final Breaker breaker = new Breaker();
    private @Nullable TokenBucket bucket;
    private boolean awaitsToken;
    private final Failing failing = new Failing();
    private Deadlines.@Nullable Node timer;
    private final Overflow overflow = new Overflow();

    /** What the subscription's last record says. */
    sealed interface Definition {}

    /** There is none, or it was deleted. */
    record Deleted() implements Definition {}

    /** It can be delivered to. */
    record Usable(Endpoint endpoint) implements Definition {}

    /** It is there but cannot be used. */
    record Unusable(String problem) implements Definition {}

    /** Nothing is wrong with it, but this deliverer lacks the key to its secrets: what comes waits in the log. */
    record Locked() implements Definition {}

    Target(Partition partition, String id) {
        this.partition = partition;
        this.id = id;
    }

    Partition partition() {
        return partition;
    }

    String id() {
        return id;
    }

    Definition definition() {
        return definition;
    }

    /** Offset of the record that defines it; -1 before any. */
    long offset() {
        return offset;
    }

    /** Takes a newer record's definition; what the endpoint did before no longer counts. */
    void define(Definition newer, long at) {
        definition = newer;
        offset = at;
        disabled = null;
        failing.ends();
        breaker.close();
        bucket = newer instanceof Usable usable && usable.endpoint().rate() != null
                ? new TokenBucket(usable.endpoint().rate(), System.nanoTime())
                : null;
        partition.parking().refresh(this);
    }

    /** Why nothing is sent until the subscription is edited, or null. */
    @Nullable
    Reason disabled() {
        return disabled;
    }

    void disable(Reason why) {
        disabled = why;
        partition.parking().refresh(this);
    }

    /** Since when its attempts only fail. */
    Failing failing() {
        return failing;
    }

    /** Why nothing of it may be tried now, or null. */
    @Nullable
    Reason stopped() {
        if (definition instanceof Locked) {
            return Reason.SUBSCRIPTION_INVALID;
        }
        if (!(definition instanceof Usable usable)) {
            return null;
        }
        if (disabled != null) {
            return disabled;
        }
        return usable.endpoint().isPaused() ? Reason.SUBSCRIPTION_PAUSED : breaker.isOpen() ? breaker.reason() : null;
    }

    /**
     * Why a record that has come for it has to wait in the log, or null: nothing may be tried, there is no room for it, or older ones wait there
     * already and want to be first. A retry was first before.
     */
    @Nullable
    Reason parks(Source.Kind kind) {
        Reason stopped = stopped();
        if (stopped != null) {
            return stopped;
        }
        boolean isBehind = kind != Source.Kind.RETRY
                && backlog != null
                && !backlog.index().isEmpty()
                && definition instanceof Usable usable
                && usable.endpoint().isOldestFirst();
        return isBehind || isFull() ? Reason.THROTTLED : null;
    }

    /** What of it waits in the log. */
    Backlog backlog() {
        if (backlog == null) {
            backlog = new Backlog(id);
        }
        return Objects.requireNonNull(backlog);
    }

    boolean hasBacklog() {
        return backlog != null;
    }

    /** What has been in the log for so long, in milliseconds, is given up. */
    long waitsAtMostMs() {
        if (definition instanceof Locked) {
            return WAITS_MS_MAX;
        }
        return definition instanceof Usable usable
                ? Math.min(usable.endpoint().policy().maxAgeMs(), WAITS_MS_MAX)
                : Long.MAX_VALUE;
    }

    void forgetIdleBacklog() {
        if (backlog != null && backlog.isIdle()) {
            backlog = null;
        }
    }

    /** Works to be tried. */
    Waiting waiting() {
        return waiting;
    }

    int inFlight() {
        return inFlight;
    }

    /** An attempt begins; whether it is the first since it last {@linkplain #rest rested}. */
    boolean usedMs(long nowMs) {
        boolean isFirst = usedMs < 0;
        usedMs = nowMs;
        return isFirst;
    }

    /** Gives back what it only needs while it works, unless it has something to do or has had since {@code sinceMs}; whether it did. */
    boolean rest(long sinceMs) {
        boolean isIdle = usedMs < sinceMs && inFlight == 0 && waiting.isEmpty();
        if (isIdle) {
            usedMs = -1;
            waiting.trim();
            if (definition instanceof Usable usable) {
                usable.endpoint().signer().rest();
            }
        }
        return isIdle;
    }

    void took(Flight flight) {
        inFlight++;
        if (bucket != null) {
            bucket.take(flight.startedNanos());
        }
    }

    /** Lets a work wait to be tried. */
    void offer(Work work) {
        if (waiting.isEmpty() && inFlight == 0) {
            overflow.moves(Uptime.ms());
        }
        waiting.add(work);
    }

    /** @param isOverloaded whether the attempt's end says that less would be more */
    void landed(Flight flight, boolean isOverloaded) {
        inFlight--;
        overflow.landed(Uptime.ms());
        if (isOverloaded) {
            window.overloaded(flight.startedNanos(), System.nanoTime());
        } else {
            window.answered(inFlightMax());
        }
    }

    /** Takes note of a work that it is to try. */
    void began(Work work) {
        bytes += work.group().bytes();
    }

    /** A work is finished or parked. */
    void left(Work work) {
        bytes -= work.group().bytes();
    }

    /** Of the events of its works. */
    long bytes() {
        return bytes;
    }

    /** {@linkplain Source.Kind#bit Bits} of the kinds of work with which it waits for its turn. */
    int queuedKinds() {
        return queuedKinds;
    }

    void queuedKinds(int bits) {
        queuedKinds = bits;
    }

    /** Whether it waits until it has less of what is in flight, or others have. */
    boolean isSqueezed() {
        return isSqueezed;
    }

    void squeezed(boolean is) {
        isSqueezed = is;
    }

    /** Whose it is: takes turns and shares what is in flight with the others of that tenant. */
    String tenant() {
        return definition instanceof Usable usable ? usable.endpoint().tenant() : "";
    }

    /** More came than it takes: what comes is put off until half of what waits is gone. */
    boolean isOverflowing() {
        return overflow.is();
    }

    /** Whether a work has to be put off now. */
    boolean isFull() {
        return overflow.is() && waiting.size() >= overflow.limit();
    }

    /**
     * Notes that a record found the queue full; whether it has to wait, as it has while this is not known to be overflowing. Where others of it wait
     * in the log, that is known.
     *
     * @param brisk how many attempts a second are enough for the others to wait for it
     */
    boolean foundFull(int brisk) {
        if (hasBacklog() && !backlog().index().isEmpty()) {
            overflow.begin(waiting.size());
        } else if (!overflow.is()) {
            overflow.foundFull(waiting.size(), brisk, Uptime.ms());
        }
        return !overflow.is();
    }

    /** How many may wait of its own right: a few rounds of what it has under way, for more than that only waits longer. */
    int waitingLimit() {
        return Math.max(WAITING_MIN, ROUNDS_WAITING * inFlightLimit());
    }

    /** Takes the next to be tried. */
    Work next() {
        Work work = waiting.next();
        overflow.taken(waiting.size());
        return work;
    }

    /** Stops and starts it; asked before each attempt, told of the end of each. */
    Breaker breaker() {
        return breaker;
    }

    /** The breaker has closed: it begins with little, as if it were new. */
    void recovered() {
        window = new InFlightWindow(1);
    }

    /** How long its rate has it wait for the next attempt, in milliseconds; 0: not at all. */
    long waitMs(long nowNanos) {
        long nanos = bucket == null ? 0 : bucket.waitNanos(nowNanos);
        return nanos <= 0 ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    void awaitsToken(boolean is) {
        awaitsToken = is;
    }

    /** Wakes it when its rate or its breaker lets it go on. */
    Deadlines.Node timer(Supplier<Deadlines.Node> make) {
        if (timer == null) {
            timer = make.get();
        }
        return Objects.requireNonNull(timer);
    }

    void awaitsName(boolean is) {
        awaitsName = is;
    }

    /** Whether another attempt may start now. */
    boolean isReady() {
        return !waiting.isEmpty() && !awaitsName && !awaitsToken && inFlight < inFlightLimit();
    }

    /** How many attempts it may have under way at once, of its own right, as it does now. */
    int inFlightLimit() {
        return breaker.isHalfOpen() ? 1 : window.size(inFlightMax());
    }

    private int inFlightMax() {
        return definition instanceof Usable usable ? usable.endpoint().maxInFlight() : Integer.MAX_VALUE;
    }
}
