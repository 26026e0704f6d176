package io.hookline.deliverer.loop;

import io.hookline.avro.DeadCause;
import io.hookline.avro.NextStep;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Verdict;
import io.hookline.deliverer.commit.Outbox;
import io.hookline.deliverer.commit.Output;
import io.hookline.deliverer.park.ParkedIndex;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.TierPlan;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records what happened to a work: puts the records that say so into the outbox and marks the work finished, all in one step: what is
 * finished and what says why are always in the same transaction.
 */
final class Recorder {
    private final OutcomeRecords records;
    private final FaultRecords faults;
    private final OperationalRecords operations;
    private final Outbox outbox;
    private final DelivererStats stats;

    Recorder(TopicNames names, Codecs codecs, Outbox outbox, DelivererStats stats) {
        this.records = new OutcomeRecords(names, codecs);
        this.faults = new FaultRecords(names, codecs);
        this.operations = new OperationalRecords(names);
        this.outbox = outbox;
        this.stats = stats;
    }

    void delivered(AttemptEnd end) {
        attempted(end, NextStep.DELIVERED);
        end.flight().work().finish();
        stats.delivered().increment();
    }

    void retry(AttemptEnd end, DueWindow window, long nowMs) {
        Work work = end.flight().work();
        stats.attempts().increment();
        outbox.add(records.attempt(end, NextStep.RETRY, Instant.ofEpochMilli(window.notBeforeMs())));
        outbox.add(records.retry(work, TierPlan.first(window, nowMs), window, end.progress(), nowMs));
        work.finish();
        stats.retried().increment();
    }

    void dead(AttemptEnd end, DeadCause cause, long nowMs) {
        Work work = end.flight().work();
        attempted(end, NextStep.DEAD);
        outbox.add(records.dead(work, cause, end.verdict(), end.progress(), end.answerBytes(), nowMs));
        if (cause == DeadCause.EXHAUSTED && !operations.isAbout(work.group().delivery())) {
            outbox.add(operations.deliveryExhausted(end, nowMs));
        }
        work.finish();
        stats.dead().increment();
    }

    /** An attempt failed, and its subscription was deleted meanwhile. */
    void cancelled(AttemptEnd end) {
        attempted(end, NextStep.CANCELLED);
        end.flight().work().finish();
        stats.cancelled().increment();
    }

    private void attempted(AttemptEnd end, NextStep next) {
        stats.attempts().increment();
        outbox.add(records.attempt(end, next, null));
    }

    /** Gives a work up without an attempt. */
    void deadUntried(Work work, DeadCause cause, Verdict why, long nowMs) {
        outbox.add(records.noAttempt(work, why, NextStep.DEAD, nowMs));
        outbox.add(records.dead(work, cause, why, work.progress(), null, nowMs));
        work.finish();
        stats.dead().increment();
    }

    /** Its subscription is gone. */
    void cancelled(Work work, long nowMs) {
        Verdict why = new Verdict(Reason.SUBSCRIPTION_DELETED, "the subscription was deleted");
        outbox.add(records.noAttempt(work, why, NextStep.CANCELLED, nowMs));
        work.finish();
        stats.cancelled().increment();
    }

    /** Puts a work off without counting an attempt. */
    void hold(Work work, Reason why, long forMs, long nowMs) {
        DueWindow window = DueWindow.at(nowMs + forMs);
        outbox.add(records.retry(work, TierPlan.first(window, nowMs), window, work.progress(why), nowMs));
        work.finish();
        stats.held().increment();
    }

    /** Lets a work wait in the log, where it is. */
    void park(Work work, Reason why, long nowMs) {
        work.park(why, nowMs);
        stats.parked().increment();
    }

    /** Parked deliveries are not in the log any more: retention took them. */
    void gone(Target target, TopicPartition topicPartition, long first, long last, int count, long nowMs) {
        outbox.add(records.gone(target, topicPartition, first, last, count, nowMs));
        target.partition().dirty(true);
        stats.dead().add(count);
    }

    /** Parked deliveries waited for too long while nothing could be tried. */
    void expired(Target target, Reason why, ParkedIndex.GivenUp range, long nowMs) {
        outbox.add(records.expired(target, why, range, nowMs));
        target.partition().dirty(true);
        stats.dead().add(range.count());
    }

    /** Moves a retry on to the next tier. */
    void hop(Work work, DueWindow window, RetryTier tier, long nowMs) {
        outbox.add(records.retry(work, tier, window, work.progress(), nowMs));
        work.finish();
    }

    /** Keeps a record that cannot be read, and goes on. */
    void unreadable(
            Partition partition,
            ConsumerRecord<byte[], byte[]> record,
            PipelineFault fault,
            String detail,
            long nowMs) {
        outbox.add(faults.unreadable(partition, record, fault, detail, nowMs));
        partition.dirty(true);
    }

    /** Replaces an outcome that the broker will never take by a notice that says so. */
    void refused(Output output, Exception cause, long nowMs) {
        outbox.add(faults.refused(output, cause, nowMs));
    }

    /** Makes known how a subscription's endpoint is: since when it fails, whether it is disabled. */
    void status(Target target, long nowMs) {
        outbox.add(records.status(target, nowMs));
    }

    /** Its endpoint is not tried any more, as of the end of this attempt. */
    void disabled(Flight flight, Reason why, long nowMs) {
        Target target = flight.target();
        status(target, nowMs);
        if (!operations.isAbout(flight.work().group().delivery())) {
            outbox.add(operations.endpointDisabled(target, why, target.failing().since(), nowMs));
        }
    }

    /**
     * Its endpoint takes deliveries again, as this attempt shows.
     *
     * @param failedSince when that began which is over
     */
    void recovered(Flight flight, @Nullable Instant failedSince, long nowMs) {
        Target target = flight.target();
        status(target, nowMs);
        if (!operations.isAbout(flight.work().group().delivery())) {
            outbox.add(operations.endpointRecovered(target, failedSince, nowMs));
        }
    }

    /** What waits for it will soon have waited for too long. */
    void expiring(Target target, long nowMs) {
        outbox.add(operations.backlogExpiring(target, nowMs));
        target.partition().dirty(true);
        stats.expiring().increment();
    }
}
