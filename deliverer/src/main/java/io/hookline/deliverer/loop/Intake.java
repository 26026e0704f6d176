package io.hookline.deliverer.loop;

import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Reason;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.TierPlan;
import io.hookline.deliverer.track.OffsetTracker;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns records that were read into works, in the order of each topic, and stops at the first that cannot be admitted yet: its release time has
 * not come, its subscription has not been read, its schema is not known, or there is no room.
 */
final class Intake {
    /** How long a subscription's full queue may hold up the others of its partition before its works are put off, in milliseconds. */
    static final long FULL_MS_MAX = 1_000;

    private static final int HELD_MAX = 10_000;

    private final LoopSettings settings;
    private final Codecs codecs;
    private final Recorder recorder;
    private final Dispatcher dispatcher;
    private final SchemaFetcher schemas;
    private final Map<String, RetryTier> tiers;

    Intake(
            LoopSettings settings,
            TopicNames names,
            Codecs codecs,
            Recorder recorder,
            Dispatcher dispatcher,
            SchemaFetcher schemas) {
        this.settings = settings;
        this.codecs = codecs;
        this.recorder = recorder;
        this.dispatcher = dispatcher;
        this.schemas = schemas;
        this.tiers = new HashMap<>();
        for (RetryTier tier : RetryTier.values()) {
            tiers.put(names.deliveriesRetry(tier), tier);
        }
    }

    /** Admits what can be admitted of all sources. */
    void run(Partition partition, long nowMs) {
        due(partition, nowMs);
        for (Source source : partition.sources()) {
            ConsumerRecord<byte[], byte[]> record = source.peek();
            while (record != null && hasShare(partition, source.kind()) && admit(partition, source, record, nowMs)) {
                source.pop();
                record = source.peek();
            }
        }
    }

    /**
     * Whether a kind of work may take more of the partition's memory: first attempts three quarters, retries and replays a quarter each, so
     * that neither a backlog nor a storm of retries can shut out the others. What waits its last seconds in memory is bounded apart.
     */
    private boolean hasShare(Partition partition, Source.Kind kind) {
        int max = settings.partitionWorksMax();
        return switch (kind) {
            case LIVE -> partition.works(kind) < max - max / 4;
            case RETRY -> partition.works(kind) - partition.held().size() < Math.max(1, max / 4);
            case REPLAY -> partition.works(kind) < Math.max(1, max / 4);
        };
    }

    /** When something in memory is due next, in milliseconds since 1970; what is due already and cannot be admitted does not count. */
    long nextDue(Partition partition, long nowMs) {
        Partition.Held first = partition.held().peek();
        long next = first == null ? Long.MAX_VALUE : first.dueMs();
        for (Source source : partition.sources()) {
            long release = releaseMs(source);
            next = release <= nowMs ? next : Math.min(next, release);
        }
        return next;
    }

    /** When the next record of a tier is let go, in milliseconds since 1970; 0 where that is not known or not the case. */
    long releaseMs(Source source) {
        return source.head() instanceof Decoded.Value<?> known && known.value() instanceof Retry retry
                ? retry.getState().getReleaseAt().toEpochMilli()
                : 0;
    }

    private void due(Partition partition, long nowMs) {
        Partition.Held first = partition.held().peek();
        while (first != null && first.dueMs() <= nowMs) {
            partition.held().remove();
            offer(first.work(), nowMs);
            first = partition.held().peek();
        }
    }

    private boolean admit(Partition partition, Source source, ConsumerRecord<byte[], byte[]> record, long nowMs) {
        Decoded<? extends SpecificRecord> decoded;
        try {
            decoded = decoded(source, record);
        } catch (UndecodableException e) {
            return reject(partition, source, record, PipelineFault.UNDECODABLE, String.valueOf(e.getMessage()), nowMs);
        }
        if (decoded instanceof Decoded.Value<? extends SpecificRecord> known) {
            return known.value() instanceof Retry retry
                    ? admitRetry(partition, source, record, retry, nowMs)
                    : admitDelivery(partition, source, record, (Delivery) known.value(), nowMs);
        }
        if (schemas.isPoison(decoded.schemaId())) {
            String detail = "The registry has no schema " + decoded.schemaId() + ", which the record was written with.";
            return reject(partition, source, record, PipelineFault.UNKNOWN_SCHEMA, detail, nowMs);
        }
        schemas.want(decoded.schemaId(), nowMs);
        return false;
    }

    private boolean admitDelivery(
            Partition partition, Source source, ConsumerRecord<byte[], byte[]> record, Delivery delivery, long nowMs) {
        if (delivery.getSubscriptions().isEmpty()) {
            return reject(partition, source, record, PipelineFault.UNDECODABLE, unfit(delivery), nowMs);
        }
        if (!partition.hasApplied(delivery.getSubscriptionsOffset())) {
            return false;
        }
        if (!hasRoom(partition, source, delivery, nowMs)) {
            return false;
        }
        int parts = delivery.getSubscriptions().size();
        OffsetTracker.Entry entry = source.tracker().take(record.offset(), parts);
        Group group = new Group(entry, delivery, record.value().length);
        for (int part = 0; part < parts; part++) {
            if (!entry.isDone(part)) {
                Work work = new Work(partition, group, part, source.kind(), null);
                partition.began(work);
                offer(work, nowMs);
            }
        }
        return true;
    }

    private boolean admitRetry(
            Partition partition, Source source, ConsumerRecord<byte[], byte[]> record, Retry retry, long nowMs) {
        if (retry.getDelivery().getSubscriptions().size() != 1) {
            return reject(partition, source, record, PipelineFault.UNDECODABLE, unfit(retry.getDelivery()), nowMs);
        }
        RetryState state = retry.getState();
        RetryTier tier = tiers.get(record.topic());
        if (tier != null) {
            partition.sawRelease(tier, state.getReleaseAt().toEpochMilli());
        }
        if (state.getReleaseAt().toEpochMilli() > nowMs || partition.held().size() >= HELD_MAX) {
            return false;
        }
        OffsetTracker.Entry entry = source.tracker().take(record.offset(), 1);
        if (!entry.isDone()) {
            Group group = new Group(entry, retry.getDelivery(), record.value().length);
            Work work = new Work(partition, group, 0, source.kind(), state);
            partition.began(work);
            release(work, state, nowMs);
        }
        return true;
    }

    /** A retry leaves its tier: to be tried, to wait its last seconds in memory, or to go through another tier. */
    private void release(Work work, RetryState state, long nowMs) {
        DueWindow window = new DueWindow(
                state.getNotBefore().toEpochMilli(),
                Math.max(
                        state.getNotBefore().toEpochMilli(), state.getNotAfter().toEpochMilli()));
        Optional<RetryTier> next = TierPlan.next(window, nowMs);
        if (window.notBeforeMs() <= nowMs) {
            offer(work, nowMs);
        } else if (next.isPresent()) {
            recorder.hop(work, state, next.get(), nowMs);
        } else {
            work.partition().held().add(new Partition.Held(work, window.notBeforeMs()));
        }
    }

    private void offer(Work work, long nowMs) {
        Target target = work.partition().target(work.subscription());
        if (target.waiting().size() >= settings.targetQueueMax() && target.isOverflowing()) {
            recorder.hold(work, Reason.THROTTLED, Dispatcher.HOLD_BRIEFLY_MS, nowMs);
        } else {
            dispatcher.offer(work);
        }
    }

    /**
     * Whether every subscription of the record has room. A full queue makes the record wait, since a queue that is only busy will have room in a
     * moment; if it does not, the subscription is overflowing and what comes for it is put off, so that the others go on.
     */
    private boolean hasRoom(Partition partition, Source source, Delivery delivery, long nowMs) {
        boolean hasRoom = true;
        for (String subscription : delivery.getSubscriptions()) {
            Target target = partition.target(subscription);
            if (target.waiting().size() >= settings.targetQueueMax() && !target.isOverflowing()) {
                if (nowMs - source.fullSince(nowMs) >= FULL_MS_MAX) {
                    target.overflowing(true);
                } else {
                    hasRoom = false;
                }
            }
        }
        return hasRoom;
    }

    private boolean reject(
            Partition partition,
            Source source,
            ConsumerRecord<byte[], byte[]> record,
            PipelineFault fault,
            String detail,
            long nowMs) {
        OffsetTracker.Entry entry = source.tracker().take(record.offset(), 1);
        if (!entry.isDone()) {
            recorder.unreadable(partition, record, fault, detail, nowMs);
            entry.finish(0);
        }
        return true;
    }

    private static String unfit(Delivery delivery) {
        return "It names " + delivery.getSubscriptions().size()
                + " subscriptions: a delivery names at least one, a retry exactly one.";
    }

    private Decoded<? extends SpecificRecord> decoded(Source source, ConsumerRecord<byte[], byte[]> record) {
        Decoded<? extends SpecificRecord> known = source.head();
        if (known != null) {
            return known;
        }
        byte[] value = record.value() == null ? new byte[0] : record.value();
        Decoded<? extends SpecificRecord> decoded =
                source.kind() == Source.Kind.RETRY ? codecs.retry.decode(value) : codecs.delivery.decode(value);
        if (decoded instanceof Decoded.Value<? extends SpecificRecord>) {
            source.head(decoded);
        }
        return decoded;
    }
}
