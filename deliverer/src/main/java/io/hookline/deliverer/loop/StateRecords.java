package io.hookline.deliverer.loop;

import io.hookline.deliverer.park.ParkedIndex;
import io.hookline.deliverer.track.OffsetTracker;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.StateKeys;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What previous owners wrote down for the next: how far they were, what waits in the log, which endpoints are disabled. */
final class StateRecords {
    private static final Logger LOG = LoggerFactory.getLogger(StateRecords.class);

    private final Codecs codecs;
    private final SchemaFetcher schemas;

    StateRecords(Codecs codecs, SchemaFetcher schemas) {
        this.codecs = codecs;
        this.schemas = schemas;
    }

    /** Applies one record; the id of a schema that has to be fetched first, or null when done. */
    @Nullable
    Integer apply(Partition partition, ConsumerRecord<byte[], byte[]> record) {
        String key = SideReader.key(record);
        if (StateKeys.isCheckpoint(key)) {
            return checkpoint(partition, record);
        } else if (StateKeys.isEndpoint(key)) {
            return status(partition, key, record);
        } else if (StateKeys.isParked(key)) {
            return parked(partition, key, record);
        }
        LOG.info("state of an unknown kind left alone: key={} offset={}", key, record.offset());
        return null;
    }

    private @Nullable Integer checkpoint(Partition partition, ConsumerRecord<byte[], byte[]> record) {
        partition.usableState(SideReader.key(record));
        if (record.value() == null) {
            partition.checkpoint(null);
            return null;
        }
        try {
            return restored(codecs.checkpoint.decode(record.value()), checkpoint -> {
                checkpoint.getPositions().forEach(OffsetTracker::restore);
                partition.checkpoint(checkpoint);
            });
        } catch (UndecodableException | UnsupportedFormatException | IllegalArgumentException e) {
            partition.unusableState(
                    SideReader.key(record), "the record at offset " + record.offset() + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable Integer parked(Partition partition, String key, ConsumerRecord<byte[], byte[]> record) {
        ParkedIndex index =
                partition.target(StateKeys.subscription(key)).backlog().index();
        partition.usableState(key);
        try {
            if (record.value() == null) {
                index.forget(StateKeys.segment(key));
                return null;
            }
            return restored(codecs.parkedUnit.decode(record.value()), index::restore);
        } catch (UndecodableException | UnsupportedFormatException | IllegalArgumentException e) {
            partition.unusableState(key, "the record at offset " + record.offset() + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable Integer status(Partition partition, String key, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            partition.statuses().remove(StateKeys.subscription(key));
            return null;
        }
        try {
            return restored(
                    codecs.endpointStatus.decode(record.value()),
                    status -> partition.statuses().put(status.getSubscription(), status));
        } catch (UndecodableException | UnsupportedFormatException | IllegalArgumentException e) {
            LOG.error("state that cannot be read left alone: key={} offset={}", key, record.offset(), e);
            return null;
        }
    }

    private <T> @Nullable Integer restored(Decoded<T> decoded, java.util.function.Consumer<T> use) {
        if (decoded instanceof Decoded.Value<T> known) {
            use.accept(known.value());
            return null;
        }
        if (schemas.isPoison(decoded.schemaId())) {
            throw new IllegalArgumentException(
                    "the registry has no schema " + decoded.schemaId() + ", which it was written with");
        }
        return decoded.schemaId();
    }
}
