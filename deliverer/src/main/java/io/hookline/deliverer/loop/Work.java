package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.avro.RetryState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One delivery to one subscription, from the moment it may be tried until its outcome is recorded.
 */
final class Work {
    private final Partition partition;
    private final Group group;
    private final int part;
    private final Source.Kind kind;
    private final String subscription;
    private final Target target;
    private final RetryProgress progress;
    private final long ageFromMs;
    private @Nullable String webhookId;

    /**
     * @param kind where it was read
     * @param state where a retry stands; null for a first attempt
     */
    Work(Partition partition, Group group, int part, Source.Kind kind, @Nullable RetryState state) {
        this.partition = partition;
        this.kind = kind;
        this.group = group;
        this.part = part;
        this.subscription = group.delivery().getSubscriptions().get(part);
        this.target = partition.target(subscription);
        this.progress = state == null
                ? new RetryProgress(0, null, Reason.UNKNOWN, null)
                : new RetryProgress(
                        state.getAttempts(), state.getFirstAttemptAt(), state.getLastReason(), state.getLastStatus());
        this.ageFromMs = ageFromMs(group, progress.firstAttemptAt());
    }

    Partition partition() {
        return partition;
    }

    Group group() {
        return group;
    }

    Source.Kind kind() {
        return kind;
    }

    String subscription() {
        return subscription;
    }

    /** Attempts made before. */
    int attempts() {
        return progress.attempts();
    }

    /** When the first attempt started; null before it. */
    @Nullable
    Instant firstAttemptAt() {
        return progress.firstAttemptAt();
    }

    /** Where its age is counted from, milliseconds since 1970. */
    long ageFromMs() {
        return ageFromMs;
    }

    /** Where it stands. */
    RetryProgress progress() {
        return progress;
    }

    /** Where it stands, with a reason for waiting should no attempt have given one. */
    RetryProgress progress(Reason whyItWaits) {
        return attempts() == 0
                ? new RetryProgress(0, progress.firstAttemptAt(), whyItWaits, progress.lastStatus())
                : progress;
    }

    String webhookId() {
        if (webhookId == null) {
            webhookId = group.webhookId(subscription);
        }
        return Objects.requireNonNull(webhookId);
    }

    /** It waits in memory from now on. */
    void begin() {
        partition.began(this);
        target().began(this);
    }

    /** Its outcome is in the outbox. */
    void finish() {
        group.origin().finish(target(), part);
        left();
        partition.dirty(true);
    }

    /** It leaves memory and waits where its record is. */
    void park(Reason why, long nowMs) {
        group.origin().park(target(), part, why, nowMs);
        left();
    }

    private void left() {
        partition.left(this);
        target().left(this);
    }

    Target target() {
        return target;
    }

    /** A retry of a replay began to age with its first attempt: the record it comes from now is a later one. */
    private static long ageFromMs(Group group, @Nullable Instant firstAttemptAt) {
        boolean isReplay = group.delivery().getReplayId() != null;
        return isReplay && firstAttemptAt != null ? firstAttemptAt.toEpochMilli() : group.acceptedAtMs();
    }
}
