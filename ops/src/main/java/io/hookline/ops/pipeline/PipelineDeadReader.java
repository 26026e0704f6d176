package io.hookline.ops.pipeline;

import io.hookline.avro.PipelineDead;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is committed in {@code pipeline.dead}. Memory does not grow with how many records there are. One thread. */
public final class PipelineDeadReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PipelineDeadReader.class);

    private final PartitionReader reader;
    private final RecordCodec<PipelineDead> codec;
    private final String topic;
    private final int partitions;

    /** @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException where the topic does not exist */
    public PipelineDeadReader(KafkaConnection kafka) {
        this.topic = kafka.names().pipelineDead();
        this.partitions = kafka.partitionsOf(topic);
        this.codec = kafka.codec(PipelineDead.class);
        this.reader = new PartitionReader(kafka);
    }

    /**
     * Hands over what the query means, oldest first in each partition.
     *
     * @return how many records could not be read themselves; each is logged
     */
    public long list(PipelineQuery query, Consumer<PipelineRow> action) {
        List<TopicPartition> all = PartitionReader.all(topic, partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        Instant since = query.since();
        if (since != null) {
            Map<TopicPartition, Long> found = reader.offsetsAt(all, since.toEpochMilli());
            all = all.stream().filter(p -> found.getOrDefault(p, -1L) >= 0).toList();
            from.putAll(found);
            from.keySet().retainAll(all);
        }
        long[] unreadable = {0};
        if (!all.isEmpty()) {
            reader.read(all, from, Open.SKIP, read -> {
                Optional<PipelineRow> row = row(read);
                row.filter(query::matches).ifPresent(action);
                unreadable[0] += row.isEmpty() ? 1 : 0;
            });
        }
        return unreadable[0];
    }

    /** One record, if it is still there and can be read. */
    public Optional<PipelineRow> get(PipelineDeadId id) {
        return id.partition() >= partitions
                ? Optional.empty()
                : reader.one(new TopicPartition(topic, id.partition()), id.offset())
                        .flatMap(this::row);
    }

    @Override
    public void close() {
        reader.close();
    }

    private Optional<PipelineRow> row(ConsumerRecord<byte[], byte[]> read) {
        PipelineDeadId id = new PipelineDeadId(read.partition(), read.offset());
        try {
            return Optional.of(new PipelineRow(
                    id,
                    read.key() == null ? null : ByteBuffer.wrap(read.key()),
                    Instant.ofEpochMilli(read.timestamp()),
                    FormatVersions.check(codec.decodeBlocking(read.value()))));
        } catch (UndecodableException | UnsupportedFormatException e) {
            log.warn("record {} of {} cannot be read", id, topic, e);
            return Optional.empty();
        }
    }
}
