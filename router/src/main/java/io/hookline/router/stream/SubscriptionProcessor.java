package io.hookline.router.stream;

import io.hookline.router.subscription.SubscriptionTable;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Hands the records of the subscriptions topic to the table. One instance of it restores, another follows the topic afterwards; both
 * have the same table. The one that follows begins when everything is restored.
 */
final class SubscriptionProcessor implements Processor<byte[], byte[], Void, Void> {
    private final SubscriptionTable table;
    private @Nullable ProcessorContext<Void, Void> context;

    SubscriptionProcessor(SubscriptionTable table) {
        this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> given) {
        context = given;
        table.applyAll();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        table.apply(at.partition(), at.offset(), record.key(), record.value());
    }
}
