package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Writes subscriptions in transactions, as long as nobody else has taken the lock. One thread. */
final class SubscriptionWriter implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final SubscriptionStore store;

    SubscriptionWriter(Producer<byte[], byte[]> producer, SubscriptionStore store) {
        this.producer = producer;
        this.store = store;
    }

    /** Ends what another holder of the transactional id began, and fences it. Blocks. */
    void lock() {
        producer.initTransactions();
    }

    /**
     * Writes all of these or none.
     *
     * @param records id to subscription, null to delete
     * @return id to offset
     */
    Map<String, Long> write(List<Map.Entry<String, @Nullable Subscription>> records) {
        producer.beginTransaction();
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Subscription> entry : records) {
            String id = entry.getKey();
            Subscription subscription = entry.getValue();
            TopicPartition partition = store.partition(id);
            byte[] value = subscription == null ? null : store.encode(subscription);
            sent.put(
                    id,
                    producer.send(new ProducerRecord<>(
                            partition.topic(), partition.partition(), id.getBytes(StandardCharsets.UTF_8), value)));
        }
        producer.commitTransaction();
        Map<String, Long> offsets = new HashMap<>();
        sent.forEach((id, future) -> offsets.put(id, offset(future)));
        return offsets;
    }

    /** Closing aborts what is not committed. */
    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }

    private static long offset(Future<RecordMetadata> future) {
        try {
            return future.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException("A subscription was not written: " + e.getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
