package io.hookline.deliverer.loop;

import io.hookline.avro.TopicPosition;
import io.hookline.deliverer.commit.Outbox;
import io.hookline.deliverer.track.OffsetTracker;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions this loop owns, and how they come and go: taking over reads a partition's state before anything of it is delivered,
 * letting go leaves nothing behind.
 */
final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final long ASK_AGAIN_MS = 500;

    private final TopicNames names;
    private final Consumer<byte[], byte[]> group;
    private final SideReader reader;
    private final Recall recall;
    private final Takeover takeover;
    private final Mailbox mailbox;
    private final Outbox outbox;
    private final Subscriptions subscriptions;
    private final Map<Integer, Partition> partitions = new HashMap<>();

    Ownership(
            TopicNames names,
            Consumer<byte[], byte[]> group,
            SideReader reader,
            Recall recall,
            Takeover takeover,
            Mailbox mailbox,
            Outbox outbox,
            Subscriptions subscriptions) {
        this.names = names;
        this.group = group;
        this.reader = reader;
        this.recall = recall;
        this.takeover = takeover;
        this.mailbox = mailbox;
        this.outbox = outbox;
        this.subscriptions = subscriptions;
    }

    Collection<Partition> partitions() {
        return partitions.values();
    }

    /** Bytes of the records that works in memory come from. */
    long heldBytes() {
        long bytes = 0;
        for (Partition partition : partitions.values()) {
            bytes += partition.workBytes();
        }
        return bytes;
    }

    /** Whether an ownership, compared by identity, is still held. */
    boolean isOwned(Object owner) {
        return owner instanceof Partition partition && partitions.get(partition.number()) == partition;
    }

    /** Begins to take over what was assigned. */
    void assigned(Collection<TopicPartition> assigned) {
        for (TopicPartition live : assigned) {
            group.pause(List.of(live));
            group.seek(live, 0);
            begin(live.partition());
        }
    }

    /** Forgets a partition with everything that was not written for it. */
    void release(Partition partition) {
        partition.phase(Partition.Phase.GONE);
        partitions.remove(partition.number(), partition);
        reader.release(partition);
        recall.release(partition);
        outbox.retain(this::isOwned);
    }

    /**
     * Believes only what Kafka holds: every partition is released and taken over as if it had just been assigned, but for those that are on
     * their way to another owner, which reads the same.
     */
    void takeOverAnew() {
        for (Partition partition : List.copyOf(partitions.values())) {
            boolean isLeaving = partition.phase() == Partition.Phase.DRAINING;
            release(partition);
            if (!isLeaving) {
                group.pause(List.of(live(partition.number())));
                begin(partition.number());
            }
        }
    }

    private void begin(int number) {
        Partition partition = new Partition(number);
        partitions.put(number, partition);
        find(partition);
    }

    private void find(Partition partition) {
        takeover.find(partition.number()).whenComplete((offsets, failure) -> {
            if (offsets == null) {
                mailbox.put(new Signal.OffsetsNotFound(partition, failure));
            } else {
                mailbox.put(new Signal.OffsetsFound(partition, offsets));
            }
        });
    }

    void found(Partition partition, TakeoverOffsets offsets) {
        if (isOwned(partition) && partition.phase() == Partition.Phase.RESTORING) {
            partition.offsets(offsets);
            reader.restore(partition, offsets);
        }
    }

    void notFound(Partition partition, Throwable cause) {
        if (isOwned(partition) && partition.phase() == Partition.Phase.RESTORING) {
            LOG.warn("offsets not found, asking again: partition={} cause={}", partition.number(), cause.toString());
            CompletableFuture.delayedExecutor(ASK_AGAIN_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> find(partition));
        }
    }

    /** Lets those partitions begin that have read their state to its end. */
    void activateRestored() {
        for (Partition partition : partitions.values()) {
            TakeoverOffsets offsets = partition.offsets();
            if (partition.phase() == Partition.Phase.RESTORING
                    && offsets != null
                    && reader.isRestored(offsets)
                    && partition.hasUsableState()) {
                activate(partition, offsets);
            }
        }
    }

    private void activate(Partition partition, TakeoverOffsets offsets) {
        int number = partition.number();
        TopicPartition live = live(number);
        addLive(partition, live, offsets);
        for (RetryTier tier : RetryTier.values()) {
            addSource(partition, Source.Kind.RETRY, new TopicPartition(names.deliveriesRetry(tier), number), offsets);
        }
        addSource(partition, Source.Kind.REPLAY, new TopicPartition(names.deliveriesReplay(), number), offsets);
        partition.statuses().forEach((id, status) -> subscriptions.restore(partition.target(id), status));
        partition.statuses().clear();
        partition.targets().values().forEach(target -> {
            target.forgetIdleBacklog();
            partition.parking().refresh(target);
        });
        partition.phase(Partition.Phase.ACTIVE);
        reader.activate(partition);
        group.seek(live, partition.live().tracker().position());
        group.resume(List.of(live));
        LOG.info(
                "partition taken over: partition={} position={} subscriptions={}",
                number,
                partition.live().tracker().position(),
                partition.targets().size());
    }

    /**
     * Continues at the checkpoint's position. The group's offset decides where it differs: whoever sets it by hand wants what lies there
     * delivered, finished or not. A group without an offset is new, or was idle for so long that the broker forgot it; the checkpoint
     * remembers.
     */
    private static void addLive(Partition partition, TopicPartition live, TakeoverOffsets offsets) {
        Long committed = offsets.committed();
        TopicPosition position = partition.position(live.topic());
        OffsetTracker tracker = committed != null && (position == null || position.getPosition() != committed)
                ? new OffsetTracker(live.topic(), committed)
                : tracker(position, live, offsets);
        partition.sources().add(new Source(live, Source.Kind.LIVE, tracker));
    }

    private static void addSource(
            Partition partition, Source.Kind kind, TopicPartition topicPartition, TakeoverOffsets offsets) {
        OffsetTracker tracker = tracker(partition.position(topicPartition.topic()), topicPartition, offsets);
        partition.sources().add(new Source(topicPartition, kind, tracker));
    }

    private static OffsetTracker tracker(
            @Nullable TopicPosition position, TopicPartition topicPartition, TakeoverOffsets offsets) {
        return position == null
                ? new OffsetTracker(topicPartition.topic(), offsets.first().getOrDefault(topicPartition, 0L))
                : OffsetTracker.restore(position);
    }

    private TopicPartition live(int number) {
        return new TopicPartition(names.deliveries(), number);
    }
}
