package io.hookline.router.schema;

import io.hookline.schemas.serde.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the records just read may go on, and which partitions have to wait for a schema. Pure but for {@link SchemaLookup}; for one
 * thread.
 */
final class Gate {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final long FIRST_ANSWER_MS_MAX = 50;
    private static final byte MAGIC = 0;

    /** Where a partition has to wait: its next record, and the schema it needs. */
    record Hold(ConsumerRecord<byte[], byte[]> record, int schemaId) {
        OffsetAndMetadata position() {
            return new OffsetAndMetadata(record.offset(), record.leaderEpoch(), "");
        }
    }

    /** What may go on, and where partitions have to wait from now on. */
    record Admitted(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Hold> held) {}

    private final SchemaLookup schemas;
    private int lastKnown = -1;

    Gate(SchemaLookup schemas) {
        this.schemas = schemas;
    }

    /** Sorts what was read. An answer that comes within {@value #FIRST_ANSWER_MS_MAX} ms holds nothing up. */
    Admitted admit(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Hold> held = holds(polled);
        if (!held.isEmpty()) {
            awaitAnswers(held);
            held = holds(polled);
        }
        return held.isEmpty() ? new Admitted(polled, held) : new Admitted(before(held, polled), held);
    }

    /** Whether the record has to wait no longer. */
    boolean isReady(Hold hold) {
        return !isPending(hold.schemaId());
    }

    /** Looks at every record, so that all ids that are needed are asked for together. */
    private Map<TopicPartition, Hold> holds(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Hold> held = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            byte[] value = record.value();
            if (value != null && value.length >= WireFormat.HEADER_BYTES && value[0] == MAGIC) {
                int id = WireFormat.schemaId(value);
                if (id != lastKnown && isPending(id)) {
                    held.putIfAbsent(new TopicPartition(record.topic(), record.partition()), new Hold(record, id));
                }
            }
        }
        return held;
    }

    private boolean isPending(int id) {
        SchemaAnswer answer = schemas.ask(id);
        if (answer instanceof SchemaAnswer.Known) {
            lastKnown = id;
        }
        return answer instanceof SchemaAnswer.Pending;
    }

    private void awaitAnswers(Map<TopicPartition, Hold> held) {
        CompletableFuture<?>[] answers = held.values().stream()
                .map(hold -> schemas.answered(hold.schemaId()))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(answers).get(FIRST_ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("no answer from the schema registry within {} ms", FIRST_ANSWER_MS_MAX);
        }
    }

    private static ConsumerRecords<byte[], byte[]> before(
            Map<TopicPartition, Hold> held, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = polled.records(partition);
            Hold hold = held.get(partition);
            if (hold != null) {
                some = new ArrayList<>(some.subList(0, some.indexOf(hold.record())));
                next.put(partition, hold.position());
            }
            if (!some.isEmpty()) {
                records.put(partition, some);
            } else {
                next.remove(partition);
            }
        }
        return new ConsumerRecords<>(records, next);
    }
}
