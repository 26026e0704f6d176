package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Partners;
import io.hookline.bench.measure.Latencies;
import io.hookline.bench.measure.Pace;
import io.hookline.bench.sink.Behaviour;
import io.hookline.bench.sink.EndpointSink;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Produces deliveries at a steady pace, whatever becomes of them, to all endpoints in turn, and notes when each first arrives. Latencies count from
 * when a delivery is due to be produced.
 */
final class OpenLoop {
    private static final long LEAD_NS = Duration.ofMillis(50).toNanos();
    private static final long LOOK_NS = Duration.ofMillis(20).toNanos();
    private static final long LATE_NS_MAX = Duration.ofSeconds(60).toNanos();

    private final Partners partners;
    private final AtomicLongArray arrivedNs;
    private final Pace pace;

    private OpenLoop(Partners partners, AtomicLongArray arrivedNs, Pace pace) {
        this.partners = partners;
        this.arrivedNs = arrivedNs;
        this.pace = pace;
    }

    /**
     * Produces {@code count} deliveries, from number {@code first} on, and waits until those of endpoints that are well have arrived, or have been
     * waited for long enough.
     *
     * @param first a multiple of the number of endpoints
     */
    static OpenLoop run(
            KafkaProducer<byte[], byte[]> producer,
            Partners partners,
            EndpointSink sink,
            double perSecond,
            long first,
            int count,
            IntPredicate isWell) {
        AtomicLongArray arrivedNs = new AtomicLongArray(count);
        sink.ask((endpoint, bytes, from, to, usual) -> {
            int at = (int) (Partners.order(bytes, from, to) - first);
            if (at >= 0 && at < count && !usual.equals(Behaviour.DEAD)) {
                arrivedNs.compareAndSet(at, 0, System.nanoTime());
            }
            return usual;
        });
        OpenLoop loop = new OpenLoop(partners, arrivedNs, new Pace(System.nanoTime() + LEAD_NS, perSecond));
        for (int i = 0; i < count; i++) {
            loop.pace.await(i);
            var unused = producer.send(partners.delivery(first + i));
        }
        producer.flush();
        loop.await(isWell);
        return loop;
    }

    private void await(IntPredicate isWell) {
        long until = System.nanoTime() + LATE_NS_MAX;
        for (int i = 0; i < arrivedNs.length(); i++) {
            while (isWell.test(i % partners.count()) && arrivedNs.get(i) == 0 && System.nanoTime() < until) {
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    /** Deliveries a second that some endpoints had until the last of all was due. */
    double perSecond(IntPredicate whose) {
        int last = arrivedNs.length() - 1;
        int arrived = 0;
        for (int i = 0; i <= last; i++) {
            long ns = arrivedNs.get(i);
            if (whose.test(i % partners.count()) && ns != 0 && ns - pace.dueNs(last) <= 0) {
                arrived++;
            }
        }
        return arrived * 1e9 / (pace.dueNs(last) - pace.dueNs(0));
    }

    /** How long some endpoints' deliveries took; what has not arrived has taken until now. */
    Latencies latencies(IntPredicate whose) {
        Latencies latencies = new Latencies();
        long now = System.nanoTime();
        for (int i = 0; i < arrivedNs.length(); i++) {
            if (whose.test(i % partners.count())) {
                long ns = arrivedNs.get(i);
                latencies.add((ns == 0 ? now : ns) - pace.dueNs(i));
            }
        }
        return latencies;
    }
}
