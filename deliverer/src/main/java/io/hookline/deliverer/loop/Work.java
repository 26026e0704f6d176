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
    private final int attempts;
    private final @Nullable Instant firstAttemptAt;
    private final Reason lastReason;
    private final @Nullable Integer lastStatus;
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
        this.attempts = state == null ? 0 : state.getAttempts();
        this.firstAttemptAt = state == null ? null : state.getFirstAttemptAt();
        this.lastReason = state == null ? Reason.UNKNOWN : state.getLastReason();
        this.lastStatus = state == null ? null : state.getLastStatus();
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
        return attempts;
    }

    /** When the first attempt started; null before it. */
    @Nullable
    Instant firstAttemptAt() {
        return firstAttemptAt;
    }

    Reason lastReason() {
        return lastReason;
    }

    @Nullable
    Integer lastStatus() {
        return lastStatus;
    }

    String webhookId() {
        if (webhookId == null) {
            webhookId = group.webhookId(subscription);
        }
        return Objects.requireNonNull(webhookId);
    }

    /** Its outcome is in the outbox. */
    void finish() {
        group.entry().finish(part);
        partition.finished(this);
    }
}
