package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import io.hookline.deliverer.secret.SealedException;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of subscriptions. Only the last record of an id counts, and only in the id's own partition; a record elsewhere is reported
 * and ignored, as everybody ignores it. One thread.
 */
final class SubscriptionStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionStore.class);

    private final KafkaConnection kafka;
    private final RecordCodec<Subscription> codec;
    private final Secrets secrets;
    private final PartitionReader reader;
    private final EndpointStatuses endpoints;
    private final String topic;

    SubscriptionStore(KafkaConnection kafka) {
        this.kafka = kafka;
        this.codec = kafka.codec(Subscription.class);
        this.secrets = kafka.secrets();
        this.reader = new PartitionReader(kafka);
        this.endpoints = new EndpointStatuses(kafka, reader);
        this.topic = kafka.names().subscriptions();
    }

    /** A record's value, its secrets encrypted where there is a keyset. */
    byte[] encode(Subscription subscription) {
        return codec.encode(secrets.seal(subscription));
    }

    /** The stored ones among these ids, by id. Reads the partitions these ids live in, and keeps nothing of other ids. */
    Map<String, StoredSubscription> read(Set<String> ids, Open open) {
        Set<TopicPartition> partitions = new HashSet<>();
        ids.forEach(id -> partitions.add(partition(id)));
        return decoded(last(partitions, ids, open));
    }

    /** All that are stored in one partition, by id. */
    Map<String, StoredSubscription> readPartition(int partition) {
        return decoded(last(Set.of(new TopicPartition(topic, partition)), null, Open.SKIP));
    }

    /** Which of these the deliverers have disabled, by id. Reads their partitions of the deliverers' state. */
    Map<String, Disabling> disabled(Collection<StoredSubscription> stored) {
        return endpoints.disabled(stored);
    }

    TopicPartition partition(String id) {
        return new TopicPartition(topic, SubscriptionPartition.of(id, kafka.partitions()));
    }

    @Override
    public void close() {
        reader.close();
    }

    private Map<String, ConsumerRecord<byte[], byte[]>> last(
            Set<TopicPartition> partitions, @Nullable Set<String> wanted, Open open) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        reader.readAll(partitions, open, read -> {
            String id = read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
            if (!SubscriptionPartition.isId(id) || partition(id).partition() != read.partition()) {
                log.warn(
                        "record at {}-{} offset {} is ignored: its key is no subscription id of this partition",
                        read.topic(),
                        read.partition(),
                        read.offset());
            } else if (wanted == null || wanted.contains(id)) {
                if (read.value() == null) {
                    last.remove(id);
                } else {
                    last.put(id, read);
                }
            }
        });
        return last;
    }

    private Map<String, StoredSubscription> decoded(Map<String, ConsumerRecord<byte[], byte[]>> records) {
        Map<String, StoredSubscription> stored = new HashMap<>();
        records.forEach((id, read) -> stored.put(id, decode(id, read)));
        return stored;
    }

    private StoredSubscription decode(String id, ConsumerRecord<byte[], byte[]> read) {
        try {
            Subscription subscription = FormatVersions.check(codec.decodeBlocking(read.value()));
            if (subscription.getId().equals(id)) {
                return new StoredSubscription(
                        id,
                        opened(subscription),
                        null,
                        read.partition(),
                        read.offset(),
                        secrets.isStale(subscription),
                        null);
            }
            String why = "its key is '" + id + "', but its value is of subscription '" + subscription.getId() + "'";
            return new StoredSubscription(id, null, why, read.partition(), read.offset());
        } catch (UndecodableException | UnsupportedFormatException e) {
            return new StoredSubscription(id, null, e.getMessage(), read.partition(), read.offset());
        } catch (RegistryException e) {
            if (e.poison()) {
                return new StoredSubscription(id, null, e.getMessage(), read.partition(), read.offset());
            }
            throw e;
        }
    }

    /** In clear where this command may read secrets; else as it is stored, and whoever shows it masks what it cannot read. */
    private Subscription opened(Subscription subscription) {
        try {
            return secrets.canOpen() ? secrets.open(subscription) : subscription;
        } catch (SealedException e) {
            log.debug("a secret stays encrypted: {}", e.getMessage());
            return subscription;
        }
    }

    /** Ids as a set, for {@link #read}. */
    static Set<String> ids(List<? extends Change> changes) {
        Set<String> ids = new HashSet<>();
        changes.forEach(change -> ids.add(change.id()));
        return ids;
    }
}
