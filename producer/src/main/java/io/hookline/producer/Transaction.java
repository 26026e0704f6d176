package io.hookline.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one run of {@link EventProducer#inTransaction} emits: all of it becomes visible to readers of committed events at once, or nothing.
 * Valid only while that call lasts, on its thread.
 */
public final class Transaction {
    private final Function<Event, PreparedEvent> preparation;
    private final Function<PreparedEvent, CompletableFuture<EmittedEvent>> sender;
    private final List<CompletableFuture<EmittedEvent>> sent = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private @Nullable ConsumerGroupMetadata group;
    private boolean ended;

    Transaction(
            Function<Event, PreparedEvent> preparation,
            Function<PreparedEvent, CompletableFuture<EmittedEvent>> sender) {
        this.preparation = preparation;
        this.sender = sender;
    }

    /** As {@link EventProducer#emit(IndexedRecord)}. */
    public void emit(IndexedRecord record) {
        emit(Event.of(record));
    }

    /** As {@link EventProducer#emit(String, Object)}. */
    public void emit(String type, Object data) {
        emit(Event.of(type, data));
    }

    /** As {@link EventProducer#emit(Event)}. An event that is refused is not part of the transaction; the rest still is. */
    public void emit(Event event) {
        requireOpen();
        emit(preparation.apply(event));
    }

    /** As {@link EventProducer#emit(PreparedEvent)}. */
    public void emit(PreparedEvent event) {
        requireOpen();
        sent.add(sender.apply(event));
    }

    /**
     * Commits, together with the events, how far a consumer has read: read, process and write happen exactly once.
     *
     * @param nextOffsets of the next record to read, by partition
     * @param metadata the consumer's {@code groupMetadata()}
     */
    public void commitOffsets(Map<TopicPartition, OffsetAndMetadata> nextOffsets, ConsumerGroupMetadata metadata) {
        requireOpen();
        offsets.putAll(nextOffsets);
        group = metadata;
    }

    void end() {
        ended = true;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    @Nullable
    ConsumerGroupMetadata group() {
        return group;
    }

    /** In the order of emission; all acknowledged once the transaction is committed. */
    List<EmittedEvent> emitted() {
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("This transaction has ended: emit within the call of inTransaction.");
        }
    }
}
