package io.hookline.ops.replay;

import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Replay;
import io.hookline.avro.ReplayRange;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.kafka.Contention;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.Pacer;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.ops.replay.EventMatch.Outcome;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one replay: reads its pieces of the event topics and writes what matches to {@code deliveries.replay}. A transactional id of
 * its own is the lock, and each transaction holds the deliveries of a batch <em>and</em> the replay's record with the positions behind
 * them, so that a run that is killed at any point continues exactly there, and each event is delivered once. Who cancels takes the same lock,
 * from any machine, and the next commit of the run fails.
 *
 * <p>Order within an event topic's partition is kept. Memory holds a batch. One thread.
 */
public final class LogReplay {
    private static final Logger log = LoggerFactory.getLogger(LogReplay.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
    private static final long BATCH_BYTES_MAX = 8 * 1024 * 1024;
    private static final long COMMIT_NS = Duration.ofSeconds(1).toNanos();

    private static final long OTHER_WRITES_NS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_NS = Duration.ofMillis(100).toNanos();

    private final KafkaConnection kafka;
    private final Clock clock;
    private final ReplayStore store;
    private final RecordCodec<Delivery> codec;
    private @Nullable Replay last;

    /** Told how far a run is, after each commit. */
    @FunctionalInterface
    public interface Watcher {
        void at(Replay replay);
    }

    /** @param store stays the caller's to close */
    public LogReplay(KafkaConnection kafka, ReplayStore store, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
        this.store = store;
        this.codec = kafka.codec(Delivery.class);
    }

    /**
     * Starts a replay, or continues it behind what was committed.
     *
     * @param given as it was planned or read; what is stored under its id counts
     * @param rate deliveries a second; 0 for no limit
     * @param subscriptionsOffset of the subscription's record: whoever delivers waits for it
     * @return how it stands at its end
     * @throws ReplayEndedException where it was cancelled or taken over from elsewhere
     */
    public Replay run(Replay given, int rate, long subscriptionsOffset, Watcher watcher) {
        Producer<byte[], byte[]> producer = kafka.producer(lock(kafka, given.getId()));
        try {
            producer.initTransactions();
            last = store.get(given.getId(), Open.WAIT).orElse(given);
            if (last.getStatus() != ReplayStatus.RUNNING) {
                return last;
            }
            return new Run(producer, last, new Pacer(rate), rate, subscriptionsOffset, watcher).toEnd();
        } catch (KafkaException e) {
            throw Contention.isFencing(e) ? ended(given.getId(), e) : e;
        } finally {
            producer.close(CLOSE_MAX);
        }
    }

    /**
     * Ends a replay wherever it runs. What was committed stays.
     *
     * @return how it stands then: cancelled, unless it had ended before; empty where it does not exist
     */
    public static Optional<Replay> cancel(KafkaConnection kafka, ReplayStore store, Clock clock, String id) {
        if (store.get(id).isEmpty()) {
            return Optional.empty();
        }
        Producer<byte[], byte[]> producer = kafka.producer(lock(kafka, id));
        try {
            producer.initTransactions();
            Replay known = store.get(id, Open.WAIT).orElseThrow();
            if (known.getStatus() != ReplayStatus.RUNNING) {
                return Optional.of(known);
            }
            Replay cancelled = Replay.newBuilder(known)
                    .setStatus(ReplayStatus.CANCELLED)
                    .setUpdatedAt(clock.instant())
                    .setUpdatedBy(Whoami.text())
                    .build();
            producer.beginTransaction();
            var unused = producer.send(store.record(cancelled));
            producer.commitTransaction();
            return Optional.of(cancelled);
        } finally {
            producer.close(CLOSE_MAX);
        }
    }

    private static String lock(KafkaConnection kafka, String id) {
        return kafka.names().prefix() + "hookline.replay." + id;
    }

    private ReplayEndedException ended(String id, KafkaException cause) {
        Replay now = changed(id);
        if (now != null && now.getStatus() == ReplayStatus.CANCELLED) {
            return new ReplayEndedException(
                    "Replay " + id + " was cancelled by " + now.getUpdatedBy() + ", after " + now.getDeliveries()
                            + " deliveries.",
                    cause);
        }
        return new ReplayEndedException(
                "Replay " + id + " was taken over by another run"
                        + (now == null ? "" : ", " + now.getUpdatedBy())
                        + ". It goes on there; see 'hookline replay list'.",
                cause);
    }

    /** Who took the lock away writes next: waits a little for that; null where nothing came. */
    private @Nullable Replay changed(String id) {
        long untilNs = System.nanoTime() + OTHER_WRITES_NS;
        while (System.nanoTime() - untilNs < 0) {
            Replay now = store.get(id, Open.WAIT).orElse(null);
            if (now != null && !now.equals(last)) {
                return now;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return null;
    }

    /** One run under the lock. */
    private final class Run {
        private final Producer<byte[], byte[]> producer;
        private final Pacer pacer;
        private final int rate;
        private final long subscriptionsOffset;
        private final Watcher watcher;
        private final EventMatch match;
        private final int partition;
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private final String me = Whoami.text();
        private Replay committed;
        private long events;
        private long unreadable;
        private int batch;
        private long batchBytes;
        private boolean isOpen;
        private long committedNs = System.nanoTime();

        Run(
                Producer<byte[], byte[]> producer,
                Replay known,
                Pacer pacer,
                int rate,
                long subscriptionsOffset,
                Watcher watcher) {
            this.producer = producer;
            this.committed = known;
            this.pacer = pacer;
            this.rate = rate;
            this.subscriptionsOffset = subscriptionsOffset;
            this.watcher = watcher;
            this.match = new EventMatch(kafka, known.getRules());
            this.partition = SubscriptionPartition.of(known.getSubscription(), kafka.partitions());
        }

        Replay toEnd() {
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (ReplayRange range : committed.getRanges()) {
                if (range.getNext() < range.getEnd()) {
                    TopicPartition piece = new TopicPartition(range.getTopic(), range.getPartition());
                    next.put(piece, range.getNext());
                    ends.put(piece, range.getEnd());
                }
            }
            commit(ReplayStatus.RUNNING);
            try (PartitionReader reader = new PartitionReader(kafka)) {
                reader.read(Map.copyOf(next), ends, Open.WAIT, this::event, () -> {
                    commitInTime();
                    return false;
                });
            }
            next.putAll(ends);
            commit(ReplayStatus.FINISHED);
            return committed;
        }

        private void event(ConsumerRecord<byte[], byte[]> read) {
            Outcome outcome = match.of(read);
            if (outcome instanceof Outcome.Matches matches) {
                write(delivery(committed, read, matches, subscriptionsOffset));
            } else if (outcome instanceof Outcome.Unreadable fault) {
                log.warn(
                        "event {}-{}@{} is left out: {}",
                        read.topic(),
                        read.partition(),
                        read.offset(),
                        fault.detail());
                unreadable++;
            }
            events++;
            next.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1);
            if (batch >= pacer.batch() || batchBytes >= BATCH_BYTES_MAX) {
                commit(ReplayStatus.RUNNING);
            } else {
                commitInTime();
            }
        }

        private void write(Delivery delivery) {
            byte[] value = codec.encode(delivery);
            open();
            var unused = producer.send(new ProducerRecord<>(kafka.names().deliveriesReplay(), partition, null, value));
            batch++;
            batchBytes += value.length;
        }

        private void commitInTime() {
            if (System.nanoTime() - committedNs > COMMIT_NS) {
                commit(ReplayStatus.RUNNING);
            }
        }

        private void commit(ReplayStatus status) {
            Replay now = Replay.newBuilder(committed)
                    .setStatus(status)
                    .setRanges(ranges())
                    .setRate(rate)
                    .setEvents(committed.getEvents() + events)
                    .setDeliveries(committed.getDeliveries() + batch)
                    .setUnreadable(committed.getUnreadable() + unreadable)
                    .setUpdatedAt(clock.instant())
                    .setUpdatedBy(me)
                    .build();
            open();
            var unused = producer.send(store.record(now));
            producer.commitTransaction();
            isOpen = false;
            committed = now;
            last = now;
            int written = batch;
            events = 0;
            unreadable = 0;
            batch = 0;
            batchBytes = 0;
            watcher.at(now);
            if (written > 0) {
                pacer.written(written);
            }
            committedNs = System.nanoTime();
        }

        private void open() {
            if (!isOpen) {
                producer.beginTransaction();
                isOpen = true;
            }
        }

        private List<ReplayRange> ranges() {
            List<ReplayRange> ranges = new ArrayList<>();
            for (ReplayRange range : committed.getRanges()) {
                Long at = next.get(new TopicPartition(range.getTopic(), range.getPartition()));
                ranges.add(
                        at == null
                                ? range
                                : ReplayRange.newBuilder(range).setNext(at).build());
            }
            return ranges;
        }
    }

    /** An event as a delivery of the replay's one subscription: as the router writes it. */
    static Delivery delivery(
            Replay replay, ConsumerRecord<byte[], byte[]> read, Outcome.Matches matches, long subscriptionsOffset) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : read.headers()) {
            headers.add(new EventHeader(header.key(), wrap(header.value())));
        }
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(read.value()))
                .setKey(wrap(read.key()))
                .setHeaders(headers)
                .setTopic(read.topic())
                .setPartition(read.partition())
                .setOffset(read.offset())
                .setRecordedAt(Instant.ofEpochMilli(read.timestamp()))
                .setType(matches.type())
                .setTenant(matches.tenant())
                .setSubscriptions(List.of(replay.getSubscription()))
                .setSubscriptionsOffset(subscriptionsOffset)
                .setReplayId(replay.getId())
                .build();
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
