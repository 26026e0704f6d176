package io.hookline.deliverer.loop;

import io.hookline.avro.Attempt;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.Delivery;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.NextStep;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Reason;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.avro.Stage;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.answer.Verdict;
import io.hookline.deliverer.commit.Outbox;
import io.hookline.deliverer.commit.Output;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.TierPlan;
import io.hookline.schemas.event.DeadLetterHeaders;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happened to a work into the records that say so, puts them into the outbox and marks the work finished, all in one step: what is
 * finished and what says why are always in the same transaction.
 */
final class Recorder {
    private static final int FORMAT_VERSION = 1;

    private final TopicNames names;
    private final Codecs codecs;
    private final Outbox outbox;
    private final DelivererStats stats;

    Recorder(TopicNames names, Codecs codecs, Outbox outbox, DelivererStats stats) {
        this.names = names;
        this.codecs = codecs;
        this.outbox = outbox;
        this.stats = stats;
    }

    /** What an attempt came to. */
    record Ended(Flight flight, Answer answer, Verdict verdict, long latencyUs) {
        int attempt() {
            return flight.work().attempts() + 1;
        }

        @Nullable
        Integer status() {
            return answer instanceof Answer.Response response ? response.status() : null;
        }

        Instant startedAt() {
            return Instant.ofEpochMilli(flight.startedAtMs());
        }

        Instant firstAttemptAt() {
            Instant first = flight.work().firstAttemptAt();
            return first == null ? startedAt() : first;
        }

        @Nullable
        ByteBuffer answerBytes() {
            if (answer instanceof Answer.Response response && response.body().length > 0) {
                byte[] body = response.body();
                return ByteBuffer.wrap(body, 0, Math.min(body.length, Answer.KEPT_BYTES_MAX));
            }
            return null;
        }
    }

    void delivered(Ended ended) {
        attempt(ended, NextStep.DELIVERED, null);
        ended.flight().work().finish();
        stats.delivered().increment();
    }

    void retry(Ended ended, DueWindow window, long nowMs) {
        Work work = ended.flight().work();
        attempt(ended, NextStep.RETRY, Instant.ofEpochMilli(window.notBeforeMs()));
        RetryTier tier = TierPlan.first(window, nowMs);
        RetryState state = new RetryState(
                ended.attempt(),
                ended.firstAttemptAt(),
                Instant.ofEpochMilli(window.notBeforeMs()),
                Instant.ofEpochMilli(window.notAfterMs()),
                Instant.ofEpochMilli(work.partition().releaseAt(tier, nowMs)),
                ended.verdict().reason(),
                ended.status());
        retryRecord(work.partition(), tier, single(work), state);
        work.finish();
        stats.retried().increment();
    }

    void dead(Ended ended, DeadCause cause, long nowMs) {
        Work work = ended.flight().work();
        attempt(ended, NextStep.DEAD, null);
        deadRecord(
                work,
                cause,
                ended.verdict(),
                ended.attempt(),
                ended.firstAttemptAt(),
                ended.status(),
                ended.answerBytes(),
                nowMs);
        work.finish();
        stats.dead().increment();
    }

    /** Gives a work up without an attempt. */
    void deadUntried(Work work, DeadCause cause, Verdict why, long nowMs) {
        noAttempt(work, why, NextStep.DEAD, nowMs);
        deadRecord(work, cause, why, work.attempts(), work.firstAttemptAt(), work.lastStatus(), null, nowMs);
        work.finish();
        stats.dead().increment();
    }

    /** Its subscription is gone. */
    void cancelled(Work work, long nowMs) {
        Verdict why = new Verdict(Reason.SUBSCRIPTION_DELETED, "the subscription was deleted");
        noAttempt(work, why, NextStep.CANCELLED, nowMs);
        work.finish();
        stats.cancelled().increment();
    }

    /** Puts a work off without counting an attempt. */
    void hold(Work work, Reason why, long forMs, long nowMs) {
        DueWindow window = DueWindow.at(nowMs + forMs);
        RetryTier tier = TierPlan.first(window, nowMs);
        RetryState state = new RetryState(
                work.attempts(),
                work.firstAttemptAt(),
                Instant.ofEpochMilli(window.notBeforeMs()),
                Instant.ofEpochMilli(window.notAfterMs()),
                Instant.ofEpochMilli(work.partition().releaseAt(tier, nowMs)),
                work.attempts() == 0 ? why : work.lastReason(),
                work.lastStatus());
        retryRecord(work.partition(), tier, single(work), state);
        work.finish();
        stats.held().increment();
    }

    /** Moves a retry on to the next tier. */
    void hop(Work work, RetryState state, RetryTier tier, long nowMs) {
        state.setReleaseAt(Instant.ofEpochMilli(work.partition().releaseAt(tier, nowMs)));
        retryRecord(work.partition(), tier, single(work), state);
        work.finish();
    }

    /** Keeps a record that cannot be read, and goes on. */
    void unreadable(
            Partition partition,
            ConsumerRecord<byte[], byte[]> record,
            PipelineFault fault,
            String detail,
            long nowMs) {
        byte[] value = record.value();
        PipelineDead dead = new PipelineDead(
                FORMAT_VERSION,
                Stage.DELIVERER,
                fault,
                detail,
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                value == null ? null : ByteBuffer.wrap(value),
                List.of(),
                Instant.ofEpochMilli(nowMs));
        outbox.add(new Output(
                partition, new ProducerRecord<>(names.pipelineDead(), record.key(), codecs.pipelineDead.encode(dead))));
        partition.dirty(true);
    }

    /** Replaces an outcome that the broker will never take by a notice that says so. */
    void refused(Output output, Exception cause, long nowMs) {
        ProducerRecord<byte[], byte[]> record = output.record();
        PipelineDead dead = new PipelineDead(
                FORMAT_VERSION,
                Stage.DELIVERER,
                PipelineFault.NOT_WRITABLE,
                "A record for " + record.topic() + " could not be written: " + cause.getMessage()
                        + " Raise the topic's max.message.bytes, or mend what makes the record so large.",
                record.topic(),
                record.partition() == null ? -1 : record.partition(),
                -1L,
                Instant.ofEpochMilli(nowMs),
                null,
                List.of(),
                Instant.ofEpochMilli(nowMs));
        outbox.add(new Output(
                output.owner(),
                new ProducerRecord<>(names.pipelineDead(), record.key(), codecs.pipelineDead.encode(dead))));
    }

    /** Makes known that a subscription's endpoint is disabled. */
    void disabled(Target target, Reason why, long nowMs) {
        EndpointStatus status = new EndpointStatus(
                FORMAT_VERSION, target.id(), null, Instant.ofEpochMilli(nowMs), why, target.offset(), 0L, null);
        outbox.add(new Output(
                target.partition(),
                new ProducerRecord<>(
                        names.delivererState(),
                        target.partition().number(),
                        StateKeys.endpoint(target.id()),
                        codecs.endpointStatus.encode(status))));
    }

    private void attempt(Ended ended, NextStep next, @Nullable Instant nextAt) {
        Work work = ended.flight().work();
        Delivery delivery = work.group().delivery();
        Verdict verdict = ended.verdict();
        stats.attempts().increment();
        attemptRecord(
                work,
                new Attempt(
                        FORMAT_VERSION,
                        work.webhookId(),
                        work.subscription(),
                        delivery.getType(),
                        delivery.getTenant(),
                        ended.attempt(),
                        ended.startedAt(),
                        ended.latencyUs(),
                        ended.status(),
                        verdict.reason(),
                        verdict.isSuccess() ? "" : verdict.detail(),
                        verdict.isSuccess() ? null : ended.answerBytes(),
                        next,
                        nextAt,
                        delivery.getReplayId()));
    }

    private void noAttempt(Work work, Verdict why, NextStep next, long nowMs) {
        Delivery delivery = work.group().delivery();
        attemptRecord(
                work,
                new Attempt(
                        FORMAT_VERSION,
                        work.webhookId(),
                        work.subscription(),
                        delivery.getType(),
                        delivery.getTenant(),
                        0,
                        Instant.ofEpochMilli(nowMs),
                        0L,
                        null,
                        why.reason(),
                        why.detail(),
                        null,
                        next,
                        null,
                        delivery.getReplayId()));
    }

    private void attemptRecord(Work work, Attempt attempt) {
        outbox.add(output(work, names.attempts(), codecs.attempt.encode(attempt)));
    }

    private void retryRecord(Partition partition, RetryTier tier, Delivery delivery, RetryState state) {
        byte[] value = codecs.retry.encode(new Retry(FORMAT_VERSION, delivery, state));
        outbox.add(new Output(
                partition,
                new ProducerRecord<>(
                        names.deliveriesRetry(tier),
                        partition.number(),
                        key(delivery.getSubscriptions().get(0)),
                        value)));
    }

    private void deadRecord(
            Work work,
            DeadCause cause,
            Verdict why,
            int attempts,
            @Nullable Instant firstAttemptAt,
            @Nullable Integer status,
            @Nullable ByteBuffer answer,
            long nowMs) {
        DeadLetter dead = new DeadLetter(
                FORMAT_VERSION,
                work.subscription(),
                cause,
                why.reason(),
                why.detail(),
                work.webhookId(),
                single(work),
                attempts,
                firstAttemptAt,
                status,
                answer,
                Instant.ofEpochMilli(nowMs),
                null);
        Output output = output(work, names.deliveriesDead(), codecs.deadLetter.encode(dead));
        DeadLetterHeaders.write(dead, output.record().headers());
        outbox.add(output);
    }

    private static Output output(Work work, String topic, byte[] value) {
        return new Output(
                work.partition(),
                new ProducerRecord<>(topic, work.partition().number(), key(work.subscription()), value));
    }

    private static byte[] key(String subscription) {
        return subscription.getBytes(StandardCharsets.UTF_8);
    }

    /** The delivery for this one subscription; shares the event's bytes. */
    private static Delivery single(Work work) {
        Delivery all = work.group().delivery();
        if (all.getSubscriptions().size() == 1) {
            return all;
        }
        return new Delivery(
                all.getFormatVersion(),
                all.getEvent(),
                all.getKey(),
                all.getHeaders(),
                all.getTopic(),
                all.getPartition(),
                all.getOffset(),
                all.getRecordedAt(),
                all.getType(),
                all.getTenant(),
                Arrays.asList(work.subscription()),
                all.getSubscriptionsOffset(),
                all.getReplayId());
    }
}
