package io.hookline.bench.kafka;

import io.hookline.bench.measure.Latencies;
import io.hookline.bench.measure.Pace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Produces orders at a steady pace and reads what comes of them, mostly from {@code deliveries}: how long each took from the moment it was due. Both
 * in this process, on one clock, each on a thread of its own.
 */
public final class Stream implements AutoCloseable {
    private static final long LATE_NS_MAX = Duration.ofSeconds(60).toNanos();
    private static final long LEAD_NS = Duration.ofMillis(50).toNanos();

    private final Installation installation;
    private final int customers;
    private final boolean isBare;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Deliveries deliveries;
    private long produced;

    /**
     * A stream.
     *
     * @param customers the orders are spread over so many customers
     * @param isBare whether the orders stand in {@code deliveries} as they are
     */
    public Stream(Installation installation, int customers, boolean isBare) {
        this(installation, customers, isBare, installation.names().deliveries());
    }

    private Stream(Installation installation, int customers, boolean isBare, String topic) {
        this.installation = installation;
        this.customers = customers;
        this.isBare = isBare;
        this.producer = installation.producer(Map.of("linger.ms", 0));
        this.deliveries = new Deliveries(installation, topic);
    }

    /** Orders as they are, read from the topic to which they are produced: Kafka alone, without anything between. */
    public static Stream plain(Installation installation, int customers) {
        return new Stream(installation, customers, true, installation.names().events(Orders.TYPE));
    }

    /**
     * Produces {@code count} orders and waits for their deliveries, of which each has one.
     *
     * @param perSecond the pace
     */
    public Latencies run(int perSecond, int count) {
        AtomicLongArray due = new AtomicLongArray(count);
        long first = produced;
        produced += count;
        Failure failure = new Failure();
        CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> {
            Pace pace = new Pace(System.nanoTime() + LEAD_NS, perSecond);
            for (int i = 0; i < count; i++) {
                due.set(i, pace.dueNs(i));
                pace.await(i);
                var unused = producer.send(
                        installation.order(first + i, (int) ((first + i) % customers), 1_000_000), failure);
            }
        });
        Latencies latencies = new Latencies();
        long until = System.nanoTime() + count * 1_000_000_000L / perSecond + LATE_NS_MAX;
        while (latencies.count() < count) {
            deliveries.poll(record -> {
                long now = System.nanoTime();
                int number = (int) (number(record) - first);
                if (number >= 0) {
                    latencies.add(now - due.get(number));
                }
            });
            if (System.nanoTime() > until) {
                failure.check();
                throw new IllegalStateException(
                        "Only " + latencies.count() + " of " + count + " orders were delivered in time.");
            }
        }
        producing.join();
        return latencies;
    }

    private long number(ConsumerRecord<byte[], byte[]> record) {
        if (isBare) {
            return Orders.number(record.value(), 0);
        }
        ByteBuffer event = deliveries.read(record).getEvent();
        byte[] bytes = new byte[event.remaining()];
        event.duplicate().get(bytes);
        return Orders.number(bytes, 0);
    }

    @Override
    public void close() {
        producer.close();
        deliveries.close();
    }
}
