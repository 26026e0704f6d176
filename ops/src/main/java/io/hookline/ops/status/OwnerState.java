package io.hookline.ops.status;

import io.hookline.avro.Checkpoint;
import io.hookline.avro.ParkedUnit;
import io.hookline.avro.TopicPosition;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.StateKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the owners have written down: how far they are in each topic, and what is parked. Keeps a few numbers for each record. */
final class OwnerState {
    private static final Logger log = LoggerFactory.getLogger(OwnerState.class);

    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> done = new HashMap<>();
    private final Map<String, Segment> parked = new HashMap<>();

    private record Segment(String subscription, int count, Instant since, String reason) {}

    static OwnerState read(KafkaConnection kafka, PartitionReader reader) {
        OwnerState state = new OwnerState();
        RecordCodec<Checkpoint> checkpoints = kafka.codec(Checkpoint.class);
        RecordCodec<ParkedUnit> units = kafka.codec(ParkedUnit.class);
        List<TopicPartition> partitions = PartitionReader.all(kafka.names().delivererState(), kafka.partitions());
        reader.readAll(partitions, Open.SKIP, read -> {
            try {
                state.take(read, checkpoints, units);
            } catch (UndecodableException | UnsupportedFormatException | IOException e) {
                log.warn("state at partition {} offset {} cannot be read", read.partition(), read.offset(), e);
            }
        });
        return state;
    }

    private void take(
            ConsumerRecord<byte[], byte[]> read, RecordCodec<Checkpoint> checkpoints, RecordCodec<ParkedUnit> units)
            throws IOException {
        String key = read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
        if (StateKeys.isParked(key)) {
            if (read.value() == null) {
                parked.remove(key);
            } else {
                ParkedUnit unit = FormatVersions.check(units.decodeBlocking(read.value()));
                parked.put(
                        key,
                        new Segment(
                                unit.getSubscription(),
                                unit.getCount(),
                                unit.getSince(),
                                unit.getReason().name().toLowerCase(Locale.ROOT)));
            }
        } else if (StateKeys.isCheckpoint(key) && read.value() != null) {
            Checkpoint checkpoint = FormatVersions.check(checkpoints.decodeBlocking(read.value()));
            for (TopicPosition position : checkpoint.getPositions()) {
                TopicPartition partition = new TopicPartition(position.getTopic(), read.partition());
                positions.put(partition, position.getPosition());
                done.put(partition, cardinality(position.getDone()));
            }
        }
    }

    private static long cardinality(@Nullable ByteBuffer serialized) throws IOException {
        if (serialized == null) {
            return 0;
        }
        RoaringBitmap bitmap = new RoaringBitmap();
        bitmap.deserialize(serialized.duplicate());
        return bitmap.getLongCardinality();
    }

    /** Every record below is finished; absent where no owner has written one down. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    /** How many records of a topic are finished beyond the positions. */
    long done(String topic) {
        return done.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** By subscription, most first. */
    List<Parked> parked() {
        Map<String, Parked> bySubscription = new HashMap<>();
        parked.values()
                .forEach(segment -> bySubscription.merge(
                        segment.subscription,
                        new Parked(segment.subscription, segment.count, segment.since, segment.reason),
                        Parked::plus));
        List<Parked> sorted = new ArrayList<>(bySubscription.values());
        sorted.sort(Comparator.comparingLong(Parked::records).reversed().thenComparing(Parked::subscription));
        return sorted;
    }
}
