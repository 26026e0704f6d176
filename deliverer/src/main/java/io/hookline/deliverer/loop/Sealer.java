package io.hookline.deliverer.loop;

import io.hookline.avro.Checkpoint;
import io.hookline.avro.TopicPosition;
import io.hookline.deliverer.commit.Batch;
import io.hookline.deliverer.commit.CommitResult;
import io.hookline.deliverer.commit.Committer;
import io.hookline.deliverer.commit.Outbox;
import io.hookline.deliverer.commit.Output;
import io.hookline.schemas.topic.StateKeys;
import io.hookline.schemas.topic.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what was decided into batches, one under way at a time, and puts back what was not written. A batch holds the outcomes, and for
 * each partition with outcomes a checkpoint and the group's offset that go with them, all made at the same moment.
 */
final class Sealer {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    /** Outcomes beyond this wait for no interval. */
    private static final int OUTPUTS_SOON = 10_000;

    /** Outcomes beyond these stop new attempts until some are written. */
    private static final int OUTPUTS_MAX = 50_000;

    private static final long BYTES_SOON = 8L << 20;
    private static final long BYTES_MAX = 64L << 20;
    private static final int FORMAT_VERSION = 1;

    private final LoopSettings settings;
    private final TopicNames names;
    private final Codecs codecs;
    private final Outbox outbox;
    private final Recorder recorder;
    private final Committer committer;
    private final DelivererStats stats;
    private final Reminder refusedState = new Reminder();
    private @Nullable Batch underWay;
    private long lastSealMs;

    Sealer(
            LoopSettings settings,
            TopicNames names,
            Codecs codecs,
            Outbox outbox,
            Recorder recorder,
            Committer committer,
            DelivererStats stats) {
        this.settings = settings;
        this.names = names;
        this.codecs = codecs;
        this.outbox = outbox;
        this.recorder = recorder;
        this.committer = committer;
        this.stats = stats;
    }

    /** So much waits to be written that no more may be decided. */
    boolean isFull(Collection<Partition> partitions) {
        int parked = 0;
        for (Partition partition : partitions) {
            parked += partition.parking().unwritten();
        }
        return outbox.size() + parked > OUTPUTS_MAX || outbox.bytes() > BYTES_MAX;
    }

    /** Whether everything that was decided for a partition is written. */
    boolean hasWritten(Partition partition) {
        Batch batch = underWay;
        return !partition.isDirty()
                && partition.parking().unwritten() == 0
                && !outbox.has(partition)
                && (batch == null || !batch.isAbout(partition));
    }

    /** In how many milliseconds the next batch may be sealed; far off while one is under way. */
    long sealsInMs() {
        return underWay == null && outbox.size() > 0
                ? lastSealMs + settings.commitIntervalMs() - Uptime.ms()
                : Long.MAX_VALUE;
    }

    /** Seals a batch if it is time and there is anything to write. */
    void run(Collection<Partition> partitions, ConsumerGroupMetadata group, boolean isUrgent, long nowMs) {
        long uptimeMs = Uptime.ms();
        boolean isSoon = isUrgent || outbox.size() > OUTPUTS_SOON || outbox.bytes() > BYTES_SOON;
        if (underWay != null || !(isSoon || uptimeMs - lastSealMs >= settings.commitIntervalMs())) {
            return;
        }
        Batch batch = seal(partitions, group, isUrgent, nowMs);
        if (!batch.isEmpty()) {
            lastSealMs = uptimeMs;
            underWay = batch;
            committer.submit(batch);
        }
    }

    private Batch seal(Collection<Partition> partitions, ConsumerGroupMetadata group, boolean isUrgent, long nowMs) {
        List<Output> state = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Partition partition : partitions) {
            List<Output> parked = partition.parking().seal(partition, names, codecs, isUrgent);
            state.addAll(parked);
            if ((partition.isDirty() || !parked.isEmpty())
                    && !partition.sources().isEmpty()) {
                partition.dirty(false);
                state.add(checkpoint(partition, nowMs));
                offsets.put(
                        partition.live().topicPartition(),
                        new OffsetAndMetadata(partition.live().tracker().position()));
            }
        }
        return new Batch(outbox.drain(), state, offsets, group);
    }

    private static void notWritten(Output state) {
        Partition partition = (Partition) state.owner();
        partition.dirty(true);
        if (state.subject() instanceof Parking.Segment segment) {
            partition.parking().notWritten(segment);
        }
    }

    private Output checkpoint(Partition partition, long nowMs) {
        List<TopicPosition> positions = partition.sources().stream()
                .map(source -> source.tracker().snapshot())
                .toList();
        Checkpoint checkpoint = new Checkpoint(FORMAT_VERSION, positions, Instant.ofEpochMilli(nowMs), settings.name());
        return new Output(
                partition,
                new ProducerRecord<>(
                        names.delivererState(),
                        partition.number(),
                        StateKeys.checkpoint(),
                        codecs.checkpoint.encode(checkpoint)));
    }

    /**
     * Takes note of what became of the batch.
     *
     * @return whether memory and Kafka agree; if not, every partition has to be taken over anew
     */
    boolean ended(CommitResult result, Ownership ownership, long nowMs) {
        underWay = null;
        if (result instanceof CommitResult.Committed) {
            stats.commits().increment();
            return true;
        }
        stats.abortedCommits().increment();
        if (result instanceof CommitResult.InDoubt doubt) {
            LOG.warn("commit in doubt, partitions are taken over anew", doubt.cause());
            return false;
        }
        Batch batch = result.batch();
        batch.state().forEach(Sealer::notWritten);
        if (result instanceof CommitResult.Refused refused && batch.state().contains(refused.output())) {
            if (refusedState.isDue()) {
                LOG.error(
                        "the state of partition {} is refused, nothing more is recorded until it has become smaller:"
                                + " raise max.message.bytes of {}",
                        refused.output().record().partition(),
                        refused.output().record().topic(),
                        refused.cause());
            }
            outbox.putBack(batch.outputs(), ownership::isOwned);
        } else if (result instanceof CommitResult.Refused refused) {
            List<Output> others = new ArrayList<>(batch.outputs());
            others.remove(refused.output());
            LOG.error("record refused: topic={}", refused.output().record().topic(), refused.cause());
            outbox.putBack(others, ownership::isOwned);
            recorder.refused(refused.output(), refused.cause(), nowMs);
        } else if (result instanceof CommitResult.Aborted aborted) {
            LOG.info(
                    "commit aborted, recorded again with the next: {}",
                    aborted.cause().toString());
            outbox.putBack(batch.outputs(), ownership::isOwned);
        }
        return true;
    }
}
