package io.hookline.ops.subscription;

import io.hookline.avro.EndpointStatus;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.StateKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which endpoints the deliverers have disabled. A status is in the subscription's own partition of {@code deliverer.state}; only the
 * partitions of those asked for are read, committed records only, and of each partition no more than one record an endpoint is kept. One
 * thread.
 */
final class EndpointStatuses {
    private static final Logger log = LoggerFactory.getLogger(EndpointStatuses.class);

    private final PartitionReader reader;
    private final RecordCodec<EndpointStatus> codec;
    private final String topic;

    /** @param reader shared with the caller, which closes it */
    EndpointStatuses(KafkaConnection kafka, PartitionReader reader) {
        this.reader = reader;
        this.codec = kafka.codec(EndpointStatus.class);
        this.topic = kafka.names().delivererState();
    }

    /** Which of these are disabled now, by id. */
    Map<String, Disabling> disabled(Collection<StoredSubscription> stored) {
        Set<String> ids = new HashSet<>();
        Set<TopicPartition> partitions = new HashSet<>();
        for (StoredSubscription one : stored) {
            ids.add(one.id());
            partitions.add(new TopicPartition(topic, one.partition()));
        }
        Map<String, ConsumerRecord<byte[], byte[]>> last = last(partitions, ids);
        Map<String, Disabling> disabled = new HashMap<>();
        for (StoredSubscription one : stored) {
            ConsumerRecord<byte[], byte[]> read = last.get(one.id());
            if (read != null) {
                decode(read)
                        .flatMap(status -> holding(status, one))
                        .ifPresent(disabling -> disabled.put(one.id(), disabling));
            }
        }
        return disabled;
    }

    private Map<String, ConsumerRecord<byte[], byte[]>> last(Set<TopicPartition> partitions, Set<String> ids) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        if (partitions.isEmpty()) {
            return last;
        }
        try {
            reader.readAll(partitions, Open.SKIP, read -> {
                String key = read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
                String id = StateKeys.subscription(key);
                if (!ids.contains(id)) {
                    return;
                }
                if (read.value() == null) {
                    last.remove(id);
                } else {
                    last.put(id, read);
                }
            });
        } catch (AuthorizationException e) {
            log.warn(
                    "whether endpoints are disabled is not known, topic {} may not be read: {}", topic, e.getMessage());
            return Map.of();
        }
        return last;
    }

    private Optional<EndpointStatus> decode(ConsumerRecord<byte[], byte[]> read) {
        try {
            return Optional.of(FormatVersions.check(codec.decodeBlocking(read.value())));
        } catch (UndecodableException | UnsupportedFormatException e) {
            log.warn("record at {}-{} offset {} cannot be read", topic, read.partition(), read.offset(), e);
            return Optional.empty();
        }
    }

    /** A disabling holds while the subscription's newest record is the one it was based on. */
    private static Optional<Disabling> holding(EndpointStatus status, StoredSubscription stored) {
        Instant since = status.getDisabledAt();
        return since == null || status.getDisabledAtOffset() != stored.offset()
                ? Optional.empty()
                : Optional.of(Disabling.of(status.getDisabledReason(), since));
    }
}
