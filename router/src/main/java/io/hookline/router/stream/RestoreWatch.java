package io.hookline.router.stream;

import io.hookline.router.subscription.SubscriptionTable;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Tells the table when a partition of the subscriptions topic is read from its beginning: there are many records then, and none needs to have an
 * effect before the last. Called by the global thread, between two records.
 */
public record RestoreWatch(SubscriptionTable table) implements StateRestoreListener {
    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        table.expectMany();
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long last, long count) {
        // the table has them
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        table.applyAll();
    }
}
