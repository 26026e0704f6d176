package io.hookline.ops.dead;

import io.hookline.avro.DeadMark;
import io.hookline.avro.DeadMarkAction;
import io.hookline.ops.kafka.Contention;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader.Open;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Marks dead letters as discarded, with the reason: nobody will replay them. They stay readable until their retention is over. Holds
 * the same lock as {@link DeadReplay}, so that a dead letter is either replayed or discarded. One thread.
 */
public final class DeadDiscard {
    private static final int BATCH_MAX = 1_000;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final KafkaConnection kafka;
    private final Clock clock;
    private final String note;
    private long discarded;

    /**
     * What a discarding came to.
     *
     * @param discarded how many records were marked, counted ranges among them
     * @param doneBefore left out, because they were replayed or discarded before
     */
    public record Result(long discarded, long doneBefore) {}

    /** @param note why, in the operator's words */
    public DeadDiscard(KafkaConnection kafka, Clock clock, String note) {
        this.kafka = kafka;
        this.clock = clock;
        this.note = note;
    }

    /**
     * Discards what the query means.
     *
     * @param dryRun count only
     * @param progress told how many more were discarded
     * @throws ReplayTakenOverException where a replay or another discarding began on the same partition meanwhile
     */
    public Result run(DeadLetterQuery query, boolean dryRun, LongConsumer progress) {
        long doneBefore = 0;
        try (DeadLetters dead = new DeadLetters(kafka)) {
            for (int partition : dead.partitions(query)) {
                doneBefore += dryRun ? count(partition, query, dead) : discard(partition, query, dead, progress);
            }
        }
        return new Result(discarded, doneBefore);
    }

    private long count(int partition, DeadLetterQuery query, DeadLetters dead) {
        Marks marks = Marks.read(kafka, dead.reader(), dead.markCodec(), partition, Open.SKIP);
        return dead.scan(partition, query, marks, (row, read) -> discarded++);
    }

    private long discard(int partition, DeadLetterQuery query, DeadLetters dead, LongConsumer progress) {
        Producer<byte[], byte[]> producer = kafka.producer(Marks.lock(kafka, partition));
        List<Long> offsets = new ArrayList<>();
        try {
            producer.initTransactions();
            Marks marks = Marks.read(kafka, dead.reader(), dead.markCodec(), partition, Open.WAIT);
            long doneBefore = dead.scan(partition, query, marks, (row, read) -> {
                offsets.add(row.id().offset());
                if (offsets.size() == BATCH_MAX) {
                    mark(partition, producer, dead, offsets, progress);
                }
            });
            mark(partition, producer, dead, offsets, progress);
            return doneBefore;
        } catch (KafkaException e) {
            throw Contention.isFencing(e) ? new ReplayTakenOverException(partition, discarded, e) : e;
        } finally {
            producer.close(CLOSE_MAX);
        }
    }

    private void mark(
            int partition,
            Producer<byte[], byte[]> producer,
            DeadLetters dead,
            List<Long> offsets,
            LongConsumer progress) {
        if (offsets.isEmpty()) {
            return;
        }
        DeadMark mark = DeadMark.newBuilder()
                .setAction(DeadMarkAction.DISCARDED)
                .setOffsets(List.copyOf(offsets))
                .setNote(note)
                .setMarkedAt(clock.instant())
                .setMarkedBy(System.getProperty("user.name", ""))
                .build();
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(
                kafka.names().deliveriesDeadMarks(),
                partition,
                null,
                dead.markCodec().encode(mark)));
        producer.commitTransaction();
        discarded += offsets.size();
        progress.accept(offsets.size());
        offsets.clear();
    }
}
