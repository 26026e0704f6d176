package io.hookline.ops.dead;

import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadMark;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.event.DeadLetterHeaders;
import io.hookline.schemas.event.DeadLetterHeaders.Summary;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads dead letters. Memory does not grow with their number. */
public final class DeadLetters implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final KafkaConnection kafka;
    private final PartitionReader reader;
    private final RecordCodec<DeadLetter> codec;
    private final RecordCodec<DeadMark> markCodec;
    private final String topic;

    public DeadLetters(KafkaConnection kafka) {
        this.kafka = kafka;
        this.reader = new PartitionReader(kafka);
        this.codec = kafka.codec(DeadLetter.class);
        this.markCodec = kafka.codec(DeadMark.class);
        this.topic = kafka.names().deliveriesDead();
    }

    /** Hands over what the query means, one partition after the other, oldest first within one. */
    public void list(DeadLetterQuery query, Consumer<DeadLetterRow> action) {
        for (int partition : partitions(query)) {
            Marks marks = Marks.read(kafka, reader, markCodec, partition, Open.SKIP);
            var unused = scan(partition, query, marks, (row, record) -> action.accept(row));
        }
    }

    /** One dead letter with everything in it, if it is still there. */
    public Optional<Found> get(DeadLetterId id) {
        if (id.partition() >= kafka.partitions()) {
            return Optional.empty();
        }
        return reader.one(new TopicPartition(topic, id.partition()), id.offset())
                .map(read -> {
                    Marks marks = Marks.read(kafka, reader, markCodec, id.partition(), Open.SKIP);
                    return new Found(row(read, marks), decode(read));
                });
    }

    /** What was last done with a dead letter, by whom and why; null where nothing was. */
    public @Nullable DeadMark mark(DeadLetterId id) {
        return Marks.last(kafka, reader, markCodec, id);
    }

    /**
     * Hands over what the query means with everything in it, in the order of {@link #list}.
     *
     * @return how many were left out because their records cannot be read; each is logged
     */
    public long export(DeadLetterQuery query, Consumer<Found> action) {
        LongAdder unreadable = new LongAdder();
        for (int partition : partitions(query)) {
            Marks marks = Marks.read(kafka, reader, markCodec, partition, Open.SKIP);
            var unused = scan(partition, query, marks, (row, read) -> {
                try {
                    action.accept(new Found(row, decode(read)));
                } catch (UndecodableException | UnsupportedFormatException e) {
                    log.warn("dead letter {} cannot be read and is left out", row.id(), e);
                    unreadable.increment();
                }
            });
        }
        return unreadable.sum();
    }

    /** A row and the record behind it. */
    public record Found(DeadLetterRow row, DeadLetter letter) {}

    @Override
    public void close() {
        reader.close();
    }

    /** Takes a row and the record it was made of. */
    @FunctionalInterface
    interface Scan {
        void found(DeadLetterRow row, ConsumerRecord<byte[], byte[]> read);
    }

    /** Those of these that do not exist: not yet, or their retention is over. Reads each record. */
    public List<DeadLetterId> missing(Collection<DeadLetterId> ids) {
        int all = kafka.partitions();
        return ids.stream()
                .sorted(Comparator.comparingInt(DeadLetterId::partition).thenComparingLong(DeadLetterId::offset))
                .filter(id -> id.partition() >= all
                        || reader.one(new TopicPartition(topic, id.partition()), id.offset())
                                .isEmpty())
                .toList();
    }

    /**
     * @return how many match, but were replayed or discarded before, where the query does not include those
     */
    long scan(int partition, DeadLetterQuery query, Marks marks, Scan scan) {
        TopicPartition source = new TopicPartition(topic, partition);
        Map<TopicPartition, Long> from = new HashMap<>();
        if (query.since() != null) {
            long first = reader.offsetsAt(List.of(source), query.since().toEpochMilli())
                    .getOrDefault(source, -1L);
            if (first < 0) {
                return 0;
            }
            from.put(source, first);
        }
        query.ids().stream()
                .filter(id -> id.partition() == partition)
                .mapToLong(DeadLetterId::offset)
                .min()
                .ifPresent(first -> from.merge(source, first, Math::max));
        LongAdder doneBefore = new LongAdder();
        reader.read(List.of(source), from, Open.SKIP, read -> {
            DeadLetterRow row = row(read, marks);
            if (!query.matches(row.id(), row.summary(), read.timestamp())) {
                return;
            }
            if (query.includeMarked() || row.state() == DeadLetterState.OPEN) {
                scan.found(row, read);
            } else {
                doneBefore.increment();
            }
        });
        return doneBefore.sum();
    }

    /** The partitions the query can mean. */
    List<Integer> partitions(DeadLetterQuery query) {
        int all = kafka.partitions();
        if (query.subscription() != null) {
            return List.of(SubscriptionPartition.of(query.subscription(), all));
        }
        if (!query.ids().isEmpty()) {
            TreeSet<Integer> named = new TreeSet<>();
            query.ids().stream()
                    .map(DeadLetterId::partition)
                    .filter(p -> p < all)
                    .forEach(named::add);
            return List.copyOf(named);
        }
        List<Integer> partitions = new ArrayList<>();
        for (int p = 0; p < all; p++) {
            partitions.add(p);
        }
        return partitions;
    }

    PartitionReader reader() {
        return reader;
    }

    RecordCodec<DeadMark> markCodec() {
        return markCodec;
    }

    DeadLetter decode(ConsumerRecord<byte[], byte[]> read) {
        return FormatVersions.check(codec.decodeBlocking(read.value()));
    }

    private static DeadLetterRow row(ConsumerRecord<byte[], byte[]> read, Marks marks) {
        Summary summary = DeadLetterHeaders.read(read.headers());
        if (summary.subscription() == null && read.key() != null) {
            summary = new Summary(
                    new String(read.key(), StandardCharsets.UTF_8),
                    summary.type(),
                    summary.tenant(),
                    summary.cause(),
                    summary.reason(),
                    summary.webhookId(),
                    summary.status(),
                    summary.attempts(),
                    summary.deadAt(),
                    summary.count());
        }
        return new DeadLetterRow(
                new DeadLetterId(read.partition(), read.offset()),
                summary,
                Instant.ofEpochMilli(read.timestamp()),
                marks.of(read.offset()));
    }
}
