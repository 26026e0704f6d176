package io.hookline.deliverer.loop;

import io.hookline.avro.Attempt;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.NextStep;
import io.hookline.avro.Reason;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.deliverer.answer.Verdict;
import io.hookline.deliverer.commit.Output;
import io.hookline.deliverer.park.ParkedIndex;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.schemas.event.DeadLetterHeaders;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.StateKeys;
import io.hookline.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records that say what became of a work, each for its topic and the work's partition. */
final class OutcomeRecords {
    private static final int FORMAT_VERSION = 1;

    private final TopicNames names;
    private final Codecs codecs;

    OutcomeRecords(TopicNames names, Codecs codecs) {
        this.names = names;
        this.codecs = codecs;
    }

    /** Of an attempt that was made. */
    Output attempt(AttemptEnd end, NextStep next, @Nullable Instant nextAt) {
        Work work = end.flight().work();
        Delivery delivery = work.group().delivery();
        Verdict verdict = end.verdict();
        Attempt attempt = new Attempt(
                FORMAT_VERSION,
                work.webhookId(),
                work.subscription(),
                delivery.getType(),
                delivery.getTenant(),
                end.attempt(),
                end.startedAt(),
                end.latencyUs(),
                end.status(),
                verdict.reason(),
                verdict.isSuccess() ? "" : verdict.detail(),
                verdict.isSuccess() ? null : end.answerBytes(),
                next,
                nextAt,
                delivery.getReplayId());
        return output(work, names.attempts(), codecs.attempt.encode(attempt));
    }

    /** Of a decision that needed no attempt; its number is 0. */
    Output noAttempt(Work work, Verdict why, NextStep next, long nowMs) {
        Delivery delivery = work.group().delivery();
        Attempt attempt = new Attempt(
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
                delivery.getReplayId());
        return output(work, names.attempts(), codecs.attempt.encode(attempt));
    }

    /** A retry, let go by the tier after its delay. */
    Output retry(Work work, RetryTier tier, DueWindow window, RetryProgress progress, long nowMs) {
        RetryState state = new RetryState(
                progress.attempts(),
                progress.firstAttemptAt(),
                Instant.ofEpochMilli(window.notBeforeMs()),
                Instant.ofEpochMilli(window.notAfterMs()),
                Instant.ofEpochMilli(nowMs + tier.delayMs()),
                progress.lastReason(),
                progress.lastStatus());
        Retry retry = new Retry(FORMAT_VERSION, single(work), state);
        return output(work, names.deliveriesRetry(tier), codecs.retry.encode(retry));
    }

    Output dead(
            Work work, DeadCause cause, Verdict why, RetryProgress progress, @Nullable ByteBuffer answer, long nowMs) {
        DeadLetter dead = new DeadLetter(
                FORMAT_VERSION,
                work.subscription(),
                cause,
                why.reason(),
                why.detail(),
                work.webhookId(),
                single(work),
                progress.attempts(),
                progress.firstAttemptAt(),
                progress.lastStatus(),
                answer,
                Instant.ofEpochMilli(nowMs),
                null);
        return withHeaders(dead, output(work, names.deliveriesDead(), codecs.deadLetter.encode(dead)));
    }

    /** Of deliveries that waited in the log until it lost them: counted, for there is nothing left to copy. */
    Output gone(Target target, TopicPartition topicPartition, long first, long last, int count, long nowMs) {
        String detail = count
                + " deliveries waited until the log was cut off. Their events may still be in the topics of events.";
        DeadRange range = new DeadRange(topicPartition.topic(), topicPartition.partition(), first, last, (long) count);
        return range(target, DeadCause.RETENTION, Reason.UNKNOWN, detail, range, nowMs);
    }

    /** Of deliveries that waited for too long while nothing could be tried: counted. */
    Output expired(Target target, Reason why, ParkedIndex.GivenUp givenUp, long nowMs) {
        String detail = givenUp.count() + " deliveries waited for longer than " + target.waitsAtMostMs()
                + " ms. Their events may still be in the topics of events.";
        DeadRange range = new DeadRange(
                givenUp.topic(), target.partition().number(), givenUp.first(), givenUp.last(), (long) givenUp.count());
        return range(target, DeadCause.EXPIRED, why, detail, range, nowMs);
    }

    private Output range(Target target, DeadCause cause, Reason why, String detail, DeadRange range, long nowMs) {
        DeadLetter dead = DeadLetter.newBuilder()
                .setSubscription(target.id())
                .setCause(cause)
                .setReason(why)
                .setDetail(detail)
                .setDeadAt(Instant.ofEpochMilli(nowMs))
                .setRange(range)
                .build();
        byte[] key = target.id().getBytes(StandardCharsets.UTF_8);
        return withHeaders(
                dead, output(target.partition(), names.deliveriesDead(), key, codecs.deadLetter.encode(dead), null));
    }

    /** How a subscription's endpoint is, as the subscription is defined now. */
    Output status(Target target, long nowMs) {
        Reason disabled = target.disabled();
        EndpointStatus status = new EndpointStatus(
                FORMAT_VERSION,
                target.id(),
                target.failing().since(),
                disabled == null ? null : Instant.ofEpochMilli(nowMs),
                disabled == null ? Reason.UNKNOWN : disabled,
                target.offset(),
                0L,
                null);
        byte[] key = StateKeys.endpoint(target.id());
        return output(target.partition(), names.delivererState(), key, codecs.endpointStatus.encode(status), null);
    }

    private static Output withHeaders(DeadLetter dead, Output output) {
        DeadLetterHeaders.write(dead, output.record().headers());
        return output;
    }

    private static Output output(Work work, String topic, byte[] value) {
        byte[] key = work.subscription().getBytes(StandardCharsets.UTF_8);
        return output(work.partition(), topic, key, value, work);
    }

    private static Output output(Partition partition, String topic, byte[] key, byte[] value, @Nullable Work subject) {
        return new Output(partition, new ProducerRecord<>(topic, partition.number(), key, value), subject);
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
