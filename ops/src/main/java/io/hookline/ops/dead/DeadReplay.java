package io.hookline.ops.dead;

import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadMark;
import io.hookline.avro.DeadMarkAction;
import io.hookline.avro.Delivery;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.kafka.Contention;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.Pacer;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.ops.replay.ReplayId;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays dead letters: writes each as a delivery of its one subscription to {@code deliveries.replay}, with the event as it was, so that
 * the {@code webhook-id} stays the same. Per partition a transactional id is the lock, and each batch's transaction also holds the marks
 * that say what was replayed: however often it is interrupted, run again or run twice at once, a dead letter is replayed once.
 * Order within a partition is kept. Dead letters of a subscription to which nothing would be sent (deleted, paused, disabled) stay as
 * they are: replayed now, they would only wait or die again, and count as replayed.
 */
public final class DeadReplay {
    private static final Logger log = LoggerFactory.getLogger(DeadReplay.class);
    private static final long BATCH_BYTES_MAX = 8 * 1024 * 1024;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final KafkaConnection kafka;
    private final Clock clock;
    private final String replayId;
    private final RecordCodec<Delivery> codec;
    private final Map<String, Optional<StoredSubscription>> subscriptions = new HashMap<>();
    private final Map<String, LeftOut> leftOut = new TreeMap<>();
    private long replayed;
    private long ranges;
    private long unreadable;
    private long doneBefore;

    public DeadReplay(KafkaConnection kafka) {
        this(kafka, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    DeadReplay(KafkaConnection kafka, Clock clock, RandomGenerator random) {
        this.kafka = kafka;
        this.clock = clock;
        this.codec = kafka.codec(Delivery.class);
        this.replayId = ReplayId.next(clock.instant(), random);
    }

    /** As {@link #run(DeadLetterQuery, boolean, int, LongConsumer)}, as fast as it goes. */
    public ReplayResult run(DeadLetterQuery query, boolean dryRun, LongConsumer progress) {
        return run(query, dryRun, 0, progress);
    }

    /**
     * Replays what the query means.
     *
     * @param dryRun count only
     * @param rate deliveries a second at most; 0 for no limit
     * @param progress told how many more were replayed
     * @throws ReplayTakenOverException where another replay began on the same partition meanwhile
     */
    public ReplayResult run(DeadLetterQuery query, boolean dryRun, int rate, LongConsumer progress) {
        Pacer pacer = new Pacer(rate);
        try (DeadLetters dead = new DeadLetters(kafka);
                SubscriptionService service = SubscriptionService.open(kafka)) {
            for (int partition : dead.partitions(query)) {
                if (dryRun) {
                    Marks marks = Marks.read(kafka, dead.reader(), dead.markCodec(), partition, Open.SKIP);
                    doneBefore += dead.scan(partition, query, marks, (row, read) -> {
                        if (delivery(dead, service, row, read) != null) {
                            replayed++;
                        }
                    });
                } else {
                    replay(partition, query, dead, service, pacer, progress);
                }
            }
        }
        return new ReplayResult(
                dryRun ? null : replayId, replayed, ranges, List.copyOf(leftOut.values()), unreadable, doneBefore);
    }

    private void replay(
            int partition,
            DeadLetterQuery query,
            DeadLetters dead,
            SubscriptionService service,
            Pacer pacer,
            LongConsumer progress) {
        Producer<byte[], byte[]> producer = kafka.producer(Marks.lock(kafka, partition));
        try {
            producer.initTransactions();
            Batch batch = new Batch(partition, producer, dead.markCodec(), pacer, progress);
            Marks marks = Marks.read(kafka, dead.reader(), dead.markCodec(), partition, Open.WAIT);
            doneBefore += dead.scan(partition, query, marks, (row, read) -> {
                Delivery delivery = delivery(dead, service, row, read);
                if (delivery != null) {
                    batch.add(row.id().offset(), delivery);
                }
            });
            batch.commit();
        } catch (KafkaException e) {
            throw Contention.isFencing(e) ? new ReplayTakenOverException(partition, replayed, e) : e;
        } finally {
            producer.close(CLOSE_MAX);
        }
    }

    /** The delivery to write for a dead letter; null, and counted, where there is none. */
    private @Nullable Delivery delivery(
            DeadLetters dead, SubscriptionService service, DeadLetterRow row, ConsumerRecord<byte[], byte[]> read) {
        DeadLetter letter;
        try {
            letter = dead.decode(read);
        } catch (UndecodableException | UnsupportedFormatException e) {
            log.warn("dead letter {} cannot be read and is left out", row.id(), e);
            unreadable++;
            return null;
        }
        Delivery delivery = letter.getDelivery();
        if (delivery == null) {
            ranges++;
            return null;
        }
        Optional<StoredSubscription> stored = subscriptions.computeIfAbsent(letter.getSubscription(), service::get);
        LeftOut obstacle = obstacle(letter.getSubscription(), stored.orElse(null));
        if (obstacle != null) {
            leftOut.merge(letter.getSubscription(), obstacle, (before, same) -> before.plusOne());
            return null;
        }
        return Delivery.newBuilder(delivery)
                .setSubscriptions(List.of(letter.getSubscription()))
                // Whoever delivers it waits for what is stored now: that may be the repair.
                .setSubscriptionsOffset(stored.orElseThrow().offset())
                .setReplayId(replayId)
                .build();
    }

    /** Why nothing would be sent to a subscription; null where something would. */
    private static @Nullable LeftOut obstacle(String id, @Nullable StoredSubscription stored) {
        if (stored == null) {
            return new LeftOut(id, LeftOut.Cause.DELETED, "", 1);
        }
        if (stored.disabled() != null) {
            return new LeftOut(id, LeftOut.Cause.DISABLED, stored.disabled().toString(), 1);
        }
        Subscription subscription = stored.subscription();
        return subscription != null && subscription.getStatus() == SubscriptionStatus.PAUSED
                ? new LeftOut(id, LeftOut.Cause.PAUSED, "", 1)
                : null;
    }

    /** What one transaction will hold. */
    private final class Batch {
        private final int partition;
        private final Producer<byte[], byte[]> producer;
        private final RecordCodec<DeadMark> markCodec;
        private final Pacer pacer;
        private final LongConsumer progress;
        private final List<Long> offsets = new ArrayList<>();
        private long bytes;

        Batch(
                int partition,
                Producer<byte[], byte[]> producer,
                RecordCodec<DeadMark> markCodec,
                Pacer pacer,
                LongConsumer progress) {
            this.partition = partition;
            this.producer = producer;
            this.markCodec = markCodec;
            this.pacer = pacer;
            this.progress = progress;
        }

        void add(long offset, Delivery delivery) {
            if (offsets.isEmpty()) {
                producer.beginTransaction();
            }
            byte[] value = codec.encode(delivery);
            send(kafka.names().deliveriesReplay(), value);
            offsets.add(offset);
            bytes += value.length;
            if (offsets.size() >= pacer.batch() || bytes >= BATCH_BYTES_MAX) {
                commit();
            }
        }

        void commit() {
            if (offsets.isEmpty()) {
                return;
            }
            DeadMark mark = DeadMark.newBuilder()
                    .setAction(DeadMarkAction.REPLAYED)
                    .setOffsets(List.copyOf(offsets))
                    .setReplayId(replayId)
                    .setMarkedAt(clock.instant())
                    .setMarkedBy(System.getProperty("user.name", ""))
                    .build();
            send(kafka.names().deliveriesDeadMarks(), markCodec.encode(mark));
            producer.commitTransaction();
            replayed += offsets.size();
            progress.accept(offsets.size());
            pacer.written(offsets.size());
            offsets.clear();
            bytes = 0;
        }

        /** A record that cannot be sent makes the commit fail. */
        private void send(String topic, byte[] value) {
            var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
        }
    }
}
