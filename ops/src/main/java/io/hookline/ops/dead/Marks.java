package io.hookline.ops.dead;

import io.hookline.avro.DeadMark;
import io.hookline.avro.DeadMarkAction;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.serde.RecordCodec;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What was done with the dead letters of one partition: a few bits each. */
final class Marks {
    private final Roaring64Bitmap replayed = new Roaring64Bitmap();
    private final Roaring64Bitmap discarded = new Roaring64Bitmap();

    private Marks() {}

    /**
     * Reads the marks of a partition.
     *
     * @param open {@link Open#WAIT} for who holds the partition's lock, and must not miss a mark
     */
    static Marks read(
            KafkaConnection kafka, PartitionReader reader, RecordCodec<DeadMark> codec, int partition, Open open) {
        Marks marks = new Marks();
        TopicPartition topic = new TopicPartition(kafka.names().deliveriesDeadMarks(), partition);
        reader.readAll(List.of(topic), open, read -> {
            DeadMark mark = FormatVersions.check(codec.decodeBlocking(read.value()));
            Roaring64Bitmap into = mark.getAction() == DeadMarkAction.DISCARDED ? marks.discarded : marks.replayed;
            mark.getOffsets().forEach(into::addLong);
        });
        return marks;
    }

    /** The transactional id that whoever writes marks of a partition holds. */
    static String lock(KafkaConnection kafka, int partition) {
        return kafka.names().prefix() + "hookline.replay." + partition;
    }

    /** The last mark of one dead letter; null where nothing was done with it. */
    static @Nullable DeadMark last(
            KafkaConnection kafka, PartitionReader reader, RecordCodec<DeadMark> codec, DeadLetterId id) {
        TopicPartition topic = new TopicPartition(kafka.names().deliveriesDeadMarks(), id.partition());
        DeadMark[] last = new DeadMark[1];
        reader.readAll(List.of(topic), Open.SKIP, read -> {
            DeadMark mark = FormatVersions.check(codec.decodeBlocking(read.value()));
            if (Collections.binarySearch(mark.getOffsets(), id.offset()) >= 0) {
                last[0] = mark;
            }
        });
        return last[0];
    }

    DeadLetterState of(long offset) {
        if (discarded.contains(offset)) {
            return DeadLetterState.DISCARDED;
        }
        return replayed.contains(offset) ? DeadLetterState.REPLAYED : DeadLetterState.OPEN;
    }
}
