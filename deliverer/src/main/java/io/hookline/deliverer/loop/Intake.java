package io.hookline.deliverer.loop;

import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Reason;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.deliverer.schedule.DueWindow;
import io.hookline.deliverer.schedule.TierPlan;
import io.hookline.deliverer.track.OffsetTracker;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns records that were read into works, in the order of each topic, and stops at the first that cannot be admitted yet: its release time has
 * not come, its subscription has not been read, its schema is not known, or there is no room.
 */
final class Intake {
    /** A release time further ahead than a tier's delay and this much was set by a clock that is wrong now or was wrong then. */
    private static final long CLOCKS_APART_MS = 1_000;

    private static final int HELD_MAX = 10_000;

    private final LoopSettings settings;
    private final WorkRecords records;
    private final Recorder recorder;
    private final Dispatcher dispatcher;
    private final LongSupplier heldBytes;
    private final Map<String, RetryTier> tiers;

    /** @param heldBytes event bytes that all partitions of the loop have in memory */
    Intake(
            LoopSettings settings,
            TopicNames names,
            WorkRecords records,
            Recorder recorder,
            Dispatcher dispatcher,
            LongSupplier heldBytes) {
        this.settings = settings;
        this.records = records;
        this.recorder = recorder;
        this.dispatcher = dispatcher;
        this.heldBytes = heldBytes;
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
            while (record != null
                    && works(partition, source.kind()) < worksMax(source.kind())
                    && admit(partition, source, record, nowMs)) {
                source.pop();
                record = source.peek();
            }
        }
    }

    /**
     * How much of a partition's memory a kind of work may take: first attempts three quarters, retries and replays a quarter each, so that
     * neither a backlog nor a storm of retries can shut out the others.
     */
    private int worksMax(Source.Kind kind) {
        int max = settings.partitionWorksMax();
        return kind == Source.Kind.LIVE ? max - max / 4 : Math.max(1, max / 4);
    }

    /** What waits its last seconds in memory is bounded apart. */
    private static int works(Partition partition, Source.Kind kind) {
        int works = partition.works(kind);
        return kind == Source.Kind.RETRY ? works - partition.held().size() : works;
    }

    /** When something in memory is due next, in milliseconds since 1970; what is due already and cannot be admitted does not count. */
    long nextDue(Partition partition, long nowMs) {
        Partition.Held first = partition.held().peek();
        long next = first == null ? Long.MAX_VALUE : first.dueMs();
        for (Source source : partition.sources()) {
            long release = releaseMs(source, nowMs);
            next = release <= nowMs ? next : Math.min(next, release);
        }
        return next;
    }

    /**
     * When the next record of a tier is let go, in milliseconds since 1970; 0 where that is not known, not the case, or cannot be. Letting go too
     * early delivers nothing early: what is not due yet goes through another tier.
     */
    long releaseMs(Source source, long nowMs) {
        if (source.head() instanceof Retry retry) {
            RetryTier tier = tiers.get(source.topicPartition().topic());
            long releaseMs = retry.getState().getReleaseAt().toEpochMilli();
            return tier != null && releaseMs > nowMs + tier.delayMs() + CLOCKS_APART_MS ? 0 : releaseMs;
        }
        return 0;
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
        SpecificRecord head = source.head();
        WorkRecords.Content content = head == null ? records.read(record) : new WorkRecords.Known(head);
        if (content instanceof WorkRecords.Known known) {
            source.head(known.value());
            return known.value() instanceof Retry retry
                    ? admitRetry(partition, source, record, retry, nowMs)
                    : admitDelivery(partition, source, record, (Delivery) known.value(), nowMs);
        }
        if (content instanceof WorkRecords.Unreadable unreadable) {
            return reject(partition, source, record, unreadable.fault(), unreadable.detail(), nowMs);
        }
        if (content instanceof WorkRecords.AwaitsRelease awaits) {
            source.waitsForNewerRelease(awaits.why());
        }
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
        if (!hasRoom(partition, source, delivery)) {
            return false;
        }
        int parts = delivery.getSubscriptions().size();
        OffsetTracker.Entry entry = source.tracker().take(record.offset(), parts);
        Group group = new Group(origin(record, entry), delivery, record);
        for (int part = 0; part < parts; part++) {
            if (!entry.isDone(part)) {
                Work work = new Work(partition, group, part, source.kind(), null);
                work.begin();
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
        if (releaseMs(source, nowMs) > nowMs || partition.held().size() >= HELD_MAX) {
            return false;
        }
        boolean isDue = state.getNotBefore().toEpochMilli() <= nowMs;
        if (isDue && !hasRoom(partition, source, retry.getDelivery())) {
            return false;
        }
        OffsetTracker.Entry entry = source.tracker().take(record.offset(), 1);
        if (!entry.isDone()) {
            Work work = new Work(
                    partition, new Group(origin(record, entry), retry.getDelivery(), record), 0, source.kind(), state);
            work.begin();
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
            recorder.hop(work, window, next.get(), nowMs);
        } else {
            work.partition().held().add(new Partition.Held(work, window.notBeforeMs()));
        }
    }

    /** A work whose subscription cannot try it soon waits in the log. */
    private void offer(Work work, long nowMs) {
        Reason parks = work.target().parks(work.kind());
        if (parks == null) {
            dispatcher.offer(work);
        } else {
            recorder.park(work, parks, nowMs);
        }
    }

    /**
     * Whether every subscription of the record has room, or lets it wait in the log. A full queue makes the record wait, since a queue that is only
     * busy will have room in a moment; if it does not, the subscription is overflowing and what comes for it is parked, so that the others go
     * on. One that could go on and waits for its turn is not to blame: it would only have to be read again.
     */
    private boolean hasRoom(Partition partition, Source source, Delivery delivery) {
        int max = worksMax(source.kind());
        int used = works(partition, source.kind());
        long bytesMax = Share.limit(settings.heldBytesMax(), settings.heldBytesMax(), heldBytes.getAsLong());
        boolean hasRoom = true;
        for (String subscription : delivery.getSubscriptions()) {
            Target target = partition.target(subscription);
            if (target.parks(source.kind()) != null) {
                continue;
            }
            int waiting = target.waiting().size();
            int own = Math.min(settings.targetQueueMax(), target.waitingLimit());
            if (waiting >= Share.limit(own, max, used) || (waiting > 0 && target.bytes() >= bytesMax)) {
                hasRoom &= target.queuedKinds() == 0 && !target.foundFull(settings.targetQueueMax());
            }
        }
        return hasRoom;
    }

    private static Origin origin(ConsumerRecord<byte[], byte[]> record, OffsetTracker.Entry entry) {
        return new ReadRecord(record.topic(), entry, record.value().length);
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
}
