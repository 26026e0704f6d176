package io.hookline.bench.kafka;

import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes many records appear at once: they are written in a transaction, so that readers of committed records see none of them until all are
 * there. For one thread.
 */
public final class Flood implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private long written;

    public Flood(Installation installation) {
        this.producer = installation.producer(Map.of(
                "transactional.id",
                "flood-" + UUID.randomUUID(),
                "transaction.timeout.ms",
                600_000,
                "linger.ms",
                20,
                "batch.size",
                128 * 1024));
        producer.initTransactions();
    }

    /** How many records it has written: the next one's number. */
    public long written() {
        return written;
    }

    /** Writes {@code count} records that nobody sees yet. Blocks until the broker has them. */
    public void write(int count, LongFunction<ProducerRecord<byte[], byte[]>> records) {
        Failure failure = new Failure();
        producer.beginTransaction();
        for (int i = 0; i < count; i++) {
            var unused = producer.send(records.apply(written++), failure);
        }
        producer.flush();
        failure.check();
    }

    /** Lets everyone see them. */
    public void open() {
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
