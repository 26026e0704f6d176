package io.hookline.router.subscription;

import io.hookline.router.stop.ClosingException;
import io.hookline.schemas.PlainText;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Says what a record of the subscriptions topic means. Changes nothing. For one thread at a time. */
final class ChangeReader {
    private final SubscriptionReader subscriptions;
    private final int partitions;

    /**
     * @param partitions P
     */
    ChangeReader(SubscriptionReader subscriptions, int partitions) {
        this.subscriptions = subscriptions;
        this.partitions = partitions;
    }

    /**
     * What {@code record} means. Blocks while its schema has to be asked for. Never fails on account of the record.
     *
     * @throws ClosingException when the router closes while the record's schema is not known
     */
    Change read(SubscriptionRecord record) {
        String id = SubscriptionPartition.idOf(record.key());
        if (id == null || SubscriptionPartition.of(id, partitions) != record.partition()) {
            return stray(record, id);
        }
        byte[] value = record.value();
        if (value == null) {
            return new Change.Remove(id);
        }
        try {
            return new Change.Put(subscriptions.read(id, record.partition(), value));
        } catch (InvalidSubscriptionException e) {
            return new Change.Broken(id, String.valueOf(e.getMessage()));
        } catch (ClosingException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            return failed(id, e);
        }
    }

    /** What becomes of a subscription on which this program fails. */
    static Change.Broken failed(String id, RuntimeException failure) {
        return new Change.Broken(id, "The router failed on it, please report this: " + failure);
    }

    private Change stray(SubscriptionRecord record, @Nullable String id) {
        if (record.value() == null) {
            return new Change.StrayRemoved(describe(record.key()));
        }
        if (id == null) {
            return new Change.Stray(
                    describe(record.key()), "Its key is no subscription id (1 to 64 of A-Z a-z 0-9 _ -).");
        }
        return new Change.Stray(
                id,
                "It belongs into partition " + SubscriptionPartition.of(id, partitions)
                        + ": write it with Kafka's default partitioner.");
    }

    /** A key as text for people. */
    static String describe(byte @Nullable [] key) {
        return key == null ? "(none)" : PlainText.oneLine(new String(key, StandardCharsets.UTF_8), 100);
    }
}
