package io.hookline.bench.kafka;

import io.hookline.bench.measure.Measured;
import io.hookline.bench.process.Child;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes many events appear at once and watches how fast a group works through them. The events are written in a transaction, so that a
 * reader of committed records sees none of them until all are there: the writing costs no part of what is measured. How far the group is,
 * its committed offsets say: what they cover is done, results included, in exactly-once processing.
 */
public final class Backlog implements AutoCloseable {
    /** The share of the events that is done before the clock starts: fetches have begun by then. */
    private static final double LEAD = 0.1;

    private static final long LOOK_NS = Duration.ofMillis(10).toNanos();
    private static final long WAIT_NS_MAX = Duration.ofMinutes(5).toNanos();

    private final Installation installation;
    private final String group;
    private final Child process;
    private final KafkaProducer<byte[], byte[]> producer;
    private long written;

    /** The events of one partition: offsets from {@code from} to before {@code to}, without gaps. */
    private record Span(long from, long to) {
        static Span of(long offset) {
            return new Span(offset, offset + 1);
        }

        Span and(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }

        long beyond(long position) {
            return Math.max(0, to - Math.max(from, position));
        }
    }

    /**
     * A backlog for one group.
     *
     * @param group consumer group, the offsets of which are watched
     * @param process whose CPU time and allocation count
     */
    public Backlog(Installation installation, String group, Child process) {
        this.installation = installation;
        this.group = group;
        this.process = process;
        this.producer = installation.producer(Map.of(
                "transactional.id",
                "backlog-" + UUID.randomUUID(),
                "transaction.timeout.ms",
                300_000,
                "linger.ms",
                20,
                "batch.size",
                128 * 1024));
        producer.initTransactions();
    }

    /**
     * Writes {@code count} orders and waits until the group has done them all.
     *
     * @param customer number of an order to its customer
     * @return events, over the time from a tenth of them to the last
     */
    public Measured run(int count, IntUnaryOperator customer) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Span> spans = new ConcurrentHashMap<>();
        Failure failure = new Failure();
        producer.beginTransaction();
        for (int i = 0; i < count; i++) {
            var unused = producer.send(
                    installation.order(written, customer.applyAsInt(i), 1_000_000 + i % 1_000_000), (at, e) -> {
                        failure.onCompletion(at, e);
                        if (e == null) {
                            spans.merge(
                                    new TopicPartition(at.topic(), at.partition()), Span.of(at.offset()), Span::and);
                        }
                    });
            written++;
        }
        producer.flush();
        failure.check();
        Child.Usage before = process.usage();
        producer.commitTransaction();
        long until = System.nanoTime() + WAIT_NS_MAX;
        long left = await(spans, Math.round(count * (1 - LEAD)), until);
        long from = System.nanoTime();
        await(spans, 0, until);
        long wallNs = System.nanoTime() - from;
        Child.Usage after = process.usage();
        double share = left / (double) count;
        return new Measured(
                left,
                wallNs,
                Math.round((after.cpuNs() - before.cpuNs()) * share),
                Math.round((after.allocatedBytes() - before.allocatedBytes()) * share));
    }

    /** Blocks until at most {@code most} events are not done; how many there are. */
    private long await(Map<TopicPartition, Span> spans, long most, long untilNs)
            throws ExecutionException, InterruptedException {
        for (long left = left(spans); ; left = left(spans)) {
            if (left <= most) {
                return left;
            }
            if (System.nanoTime() > untilNs) {
                throw new IllegalStateException("Group " + group + " has still " + left + " events to do after "
                        + Duration.ofNanos(WAIT_NS_MAX).toSeconds() + " s.");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private long left(Map<TopicPartition, Span> spans) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = installation
                .admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long left = 0;
        for (Map.Entry<TopicPartition, Span> span : spans.entrySet()) {
            OffsetAndMetadata done = committed.get(span.getKey());
            left += span.getValue().beyond(done == null ? 0 : done.offset());
        }
        return left;
    }

    @Override
    public void close() {
        producer.close();
    }
}
