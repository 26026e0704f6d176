package io.hookline.deliverer.loop;

import io.hookline.avro.Subscription;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, with a consumer that is in no group, every topic but deliveries for the partitions this loop owns: state at takeover, subscriptions
 * for as long as it owns, retries and replays once it is active.
 */
final class SideReader {
    private static final Logger LOG = LoggerFactory.getLogger(SideReader.class);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicNames names;
    private final Codecs codecs;
    private final Subscriptions subscriptions;
    private final SchemaFetcher schemas;
    private final StateRecords state;
    private final Map<TopicPartition, Partition> readers = new HashMap<>();
    private final Map<TopicPartition, Source> sources = new HashMap<>();

    /** Partitions of topics that wait for a schema, and for which. */
    private final Map<TopicPartition, Integer> stalled = new HashMap<>();

    SideReader(
            Consumer<byte[], byte[]> consumer,
            TopicNames names,
            Codecs codecs,
            Subscriptions subscriptions,
            SchemaFetcher schemas) {
        this.consumer = consumer;
        this.names = names;
        this.codecs = codecs;
        this.subscriptions = subscriptions;
        this.schemas = schemas;
        this.state = new StateRecords(codecs, schemas);
    }

    /** Begins to restore a partition. */
    void restore(Partition partition, TakeoverOffsets offsets) {
        for (TopicPartition topicPartition : offsets.highWatermark().keySet()) {
            readers.put(topicPartition, partition);
        }
        consumer.assign(readers.keySet());
        offsets.highWatermark()
                .keySet()
                .forEach(tp -> consumer.seek(tp, offsets.first().getOrDefault(tp, 0L)));
    }

    /** Whether everything up to the high watermarks at takeover has been read. */
    boolean isRestored(TakeoverOffsets offsets) {
        return offsets.highWatermark().entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
    }

    /** Stops reading state, begins to read retries and replays. */
    void activate(Partition partition) {
        readers.remove(new TopicPartition(names.delivererState(), partition.number()));
        partition.sources().stream()
                .filter(source -> source.kind() != Source.Kind.LIVE)
                .forEach(source -> {
                    readers.put(source.topicPartition(), partition);
                    sources.put(source.topicPartition(), source);
                });
        consumer.assign(readers.keySet());
        partition.sources().stream()
                .filter(source -> source.kind() != Source.Kind.LIVE)
                .forEach(source ->
                        consumer.seek(source.topicPartition(), source.tracker().position()));
    }

    void release(Partition partition) {
        readers.values().removeIf(reader -> reader == partition);
        sources.keySet().retainAll(readers.keySet());
        stalled.keySet().retainAll(readers.keySet());
        consumer.assign(readers.keySet());
    }

    /** Reads what has arrived; does not wait. */
    void poll() {
        if (readers.isEmpty()) {
            return;
        }
        resumeStalled();
        ConsumerRecords<byte[], byte[]> records = read();
        for (TopicPartition topicPartition : records.partitions()) {
            Partition partition = readers.get(topicPartition);
            if (partition != null) {
                take(partition, topicPartition, records.records(topicPartition));
            }
        }
        sources.values().forEach(source -> source.readTo(position(source.topicPartition())));
        for (Partition partition : Set.copyOf(readers.values())) {
            if (partition.awaitsSubscriptions() || !partition.isActive()) {
                partition.appliedSubscriptions(position(subscriptionsOf(partition)));
            }
        }
    }

    /** Stops or goes on reading a source's topic. */
    void pause(Source source, boolean isPaused) {
        source.pause(consumer, isPaused);
    }

    /** Offset of the next record to come, or -1 while that is not known. */
    long position(TopicPartition topicPartition) {
        return Tap.position(consumer, topicPartition);
    }

    private ConsumerRecords<byte[], byte[]> read() {
        try {
            return consumer.poll(Duration.ZERO);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .forEach((topicPartition, offset) -> LOG.error(
                            "records are gone before they were read, going on with the first that is left: topic={} partition={} position={}",
                            topicPartition.topic(),
                            topicPartition.partition(),
                            offset));
            consumer.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
            return ConsumerRecords.empty();
        }
    }

    private void take(
            Partition partition, TopicPartition topicPartition, List<ConsumerRecord<byte[], byte[]>> records) {
        Source source = sources.get(topicPartition);
        if (source != null) {
            records.forEach(record -> partition.add(source, record));
        } else if (topicPartition.topic().equals(names.subscriptions())) {
            apply(topicPartition, records, record -> subscription(partition, record));
            partition.appliedSubscriptions(position(topicPartition));
        } else {
            apply(topicPartition, records, record -> state.apply(partition, record));
        }
    }

    /** Applies one record; the id of a schema that has to be fetched first, or null when done. */
    @FunctionalInterface
    private interface Application {
        @Nullable
        Integer apply(ConsumerRecord<byte[], byte[]> record);
    }

    private void apply(
            TopicPartition topicPartition, List<ConsumerRecord<byte[], byte[]>> records, Application application) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Integer missing = application.apply(record);
            if (missing != null) {
                schemas.want(missing);
                stalled.put(topicPartition, missing);
                consumer.seek(topicPartition, record.offset());
                consumer.pause(List.of(topicPartition));
                return;
            }
        }
    }

    private void resumeStalled() {
        stalled.entrySet().removeIf(entry -> {
            boolean isSettled = schemas.isKnown(entry.getValue()) || schemas.isPoison(entry.getValue());
            if (isSettled) {
                consumer.resume(List.of(entry.getKey()));
            } else {
                schemas.want(entry.getValue());
            }
            return isSettled;
        });
    }

    private @Nullable Integer subscription(Partition partition, ConsumerRecord<byte[], byte[]> record) {
        String id = key(record);
        if (!subscriptions.isInPlace(id, record)) {
            return null;
        }
        Target target = partition.target(id);
        if (record.value() == null) {
            subscriptions.delete(target, record.offset());
            return null;
        }
        try {
            Decoded<Subscription> decoded = codecs.subscription.decode(record.value());
            if (decoded instanceof Decoded.Value<Subscription> known) {
                subscriptions.define(target, known.value(), record.offset());
            } else if (schemas.isPoison(decoded.schemaId())) {
                subscriptions.undecodable(target, record.offset(), "the registry has no schema " + decoded.schemaId());
            } else {
                return decoded.schemaId();
            }
        } catch (UndecodableException | UnsupportedFormatException e) {
            subscriptions.undecodable(target, record.offset(), String.valueOf(e.getMessage()));
        }
        return null;
    }

    private TopicPartition subscriptionsOf(Partition partition) {
        return new TopicPartition(names.subscriptions(), partition.number());
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
