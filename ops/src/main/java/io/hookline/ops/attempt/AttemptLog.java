package io.hookline.ops.attempt;

import io.hookline.avro.Attempt;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads attempts. A subscription's are in its one partition, and a time is an offset there, so what is read is what was asked for; a record
 * of another subscription or delivery is told by its key or first bytes and not decoded. Memory does not grow with their number.
 */
public final class AttemptLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);

    /** The webhook-id is the second field: after five bytes of envelope, the format version and its own length. */
    private static final int ID_WITHIN_BYTES = 16;

    private final KafkaConnection kafka;
    private final PartitionReader reader;
    private final RecordCodec<Attempt> codec;

    public AttemptLog(KafkaConnection kafka) {
        this.kafka = kafka;
        this.reader = new PartitionReader(kafka);
        this.codec = kafka.codec(Attempt.class);
    }

    /**
     * Hands over what the query means and is there now, oldest first within a partition.
     *
     * @return how many could not be read; each is logged
     */
    public long read(AttemptQuery query, Consumer<Attempt> action) {
        Map<TopicPartition, Long> ends = new HashMap<>(reader.ends(partitions(query)));
        if (query.until() != null) {
            reader.offsetsAt(ends.keySet(), query.until().toEpochMilli()).forEach((partition, offset) -> {
                if (offset >= 0) {
                    ends.merge(partition, offset, Math::min);
                }
            });
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        if (query.since() != null) {
            reader.offsetsAt(ends.keySet(), query.since().toEpochMilli()).forEach((partition, offset) -> {
                if (offset < 0) {
                    ends.remove(partition);
                } else {
                    from.put(partition, offset);
                }
            });
        }
        ends.entrySet().removeIf(end -> end.getValue() <= from.getOrDefault(end.getKey(), 0L));
        from.keySet().retainAll(ends.keySet());
        Filter filter = new Filter(query, action);
        reader.read(from, ends, Open.SKIP, filter::take, () -> false);
        return filter.unreadable.sum();
    }

    /** Hands over what is recorded from now on; ends when the thread is interrupted, with {@code InterruptException}. */
    public void follow(AttemptQuery query, Consumer<Attempt> action) {
        Map<TopicPartition, Long> positions = new HashMap<>(reader.ends(partitions(query)));
        Filter filter = new Filter(query, action);
        while (true) {
            reader.follow(positions, filter::take);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private List<TopicPartition> partitions(AttemptQuery query) {
        String topic = kafka.names().attempts();
        return query.subscription() == null
                ? PartitionReader.all(topic, kafka.partitions())
                : List.of(
                        new TopicPartition(topic, SubscriptionPartition.of(query.subscription(), kafka.partitions())));
    }

    /** Decodes only what can be meant. */
    private final class Filter {
        private final AttemptQuery query;
        private final Consumer<Attempt> action;
        private final byte @Nullable [] key;
        private final byte @Nullable [] webhookId;
        private final LongAdder unreadable = new LongAdder();

        Filter(AttemptQuery query, Consumer<Attempt> action) {
            this.query = query;
            this.action = action;
            this.key = bytes(query.subscription());
            this.webhookId = bytes(query.webhookId());
        }

        void take(ConsumerRecord<byte[], byte[]> read) {
            if (read.value() == null
                    || (key != null && !Arrays.equals(key, read.key()))
                    || (webhookId != null && !startsSoonWith(read.value(), webhookId))) {
                return;
            }
            try {
                Attempt attempt = FormatVersions.check(codec.decodeBlocking(read.value()));
                if (query.matches(attempt)) {
                    action.accept(attempt);
                }
            } catch (UndecodableException | UnsupportedFormatException e) {
                log.warn("attempt at partition {} offset {} cannot be read", read.partition(), read.offset(), e);
                unreadable.increment();
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsSoonWith(byte[] value, byte[] wanted) {
        for (int at = 0; at < ID_WITHIN_BYTES && at + wanted.length <= value.length; at++) {
            if (Arrays.equals(value, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
