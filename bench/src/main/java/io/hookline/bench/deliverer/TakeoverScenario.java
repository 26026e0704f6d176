package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.EndpointSink;
import io.hookline.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Two deliverers share the partitions of a steady stream of deliveries; one is killed. Measured is the time until every partition has delivered
 * something that was produced after the kill: the worst partition of the worst round counts.
 */
final class TakeoverScenario implements Scenario {
    /** So many that each partition has some. */
    private static final int ENDPOINTS = 200;

    private static final int PER_SECOND = 500;
    private static final long LOOK_NS = Duration.ofMillis(20).toNanos();
    private static final long SETTLE_NS_MAX = Duration.ofMinutes(2).toNanos();
    private static final long STEADY_NS = Duration.ofSeconds(3).toNanos();

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("takeover_s", 15, "s"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        try (Stage stage = new Stage()) {
            EndpointSink sink = stage.add(new EndpointSink(ENDPOINTS));
            Installation installation = new Installation(stage, "takeover.", true);
            Partners partners = new Partners(installation, ENDPOINTS, sink.url(), subscription -> {});
            Child survivor = stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
            Traffic traffic = stage.add(new Traffic(installation, partners, sink));
            double[] seconds = new double[effort.isQuick() ? 1 : 3];
            for (int round = 0; round < seconds.length; round++) {
                try (Child victim = Child.startReady(Role.Kind.DELIVERER, installation.settings())) {
                    awaitShared(installation);
                    traffic.awaitAll(System.nanoTime());
                    LockSupport.parkNanos(STEADY_NS);
                    long killedNs = System.nanoTime();
                    victim.kill();
                    seconds[round] = (traffic.awaitAll(killedNs) - killedNs) / 1e9;
                    effort.say("kill " + (round + 1) + ": " + seconds[round] + " s");
                }
            }
            effort.say("the survivor used "
                    + Duration.ofNanos(survivor.usage().cpuNs()).toSeconds() + " s of CPU");
            Summary summary = Summary.of(seconds);
            report.row(name(), "hookline, kill -9 of one of two", "s", summary);
            report.figure("takeover_s", summary.most());
        }
    }

    /** Blocks until two members of the group have half of the partitions each. */
    private static void awaitShared(Installation installation) throws ExecutionException, InterruptedException {
        String group = installation.names().delivererGroup();
        long until = System.nanoTime() + SETTLE_NS_MAX;
        while (true) {
            ConsumerGroupDescription description = Objects.requireNonNull(installation
                    .admin()
                    .describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group));
            long halves = description.members().stream()
                    .filter(member ->
                            member.assignment().topicPartitions().size() == TopicCatalogue.DEFAULT_PARTITIONS / 2)
                    .count();
            if (halves == 2) {
                return;
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Two deliverers do not share the partitions: " + description);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** A steady stream of deliveries to all endpoints until it is closed, on a thread of its own. */
    private static final class Traffic implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;
        private final CompletableFuture<Void> producing;
        private final AtomicLong waitsFromNs = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLongArray sentNs = new AtomicLongArray(1 << 20);
        private final AtomicLongArray reachedNs = new AtomicLongArray(TopicCatalogue.DEFAULT_PARTITIONS);
        private final boolean[] hasEndpoint = new boolean[TopicCatalogue.DEFAULT_PARTITIONS];
        private volatile boolean isClosing;

        Traffic(Installation installation, Partners partners, EndpointSink sink) {
            for (int i = 0; i < ENDPOINTS; i++) {
                hasEndpoint[Partners.partition(i)] = true;
            }
            sink.ask((endpoint, bytes, from, to, usual) -> {
                arrived(endpoint, Partners.order(bytes, from, to));
                return usual;
            });
            producer = installation.producer(Map.of("linger.ms", 0));
            producing = CompletableFuture.runAsync(() -> produce(partners));
        }

        private void produce(Partners partners) {
            long intervalNs = Duration.ofSeconds(1).toNanos() / PER_SECOND;
            long due = System.nanoTime();
            for (long number = 0; !isClosing; number++) {
                due += intervalNs;
                LockSupport.parkNanos(due - System.nanoTime());
                sentNs.set(slot(number), System.nanoTime());
                var unused = producer.send(partners.delivery(number));
            }
        }

        private int slot(long number) {
            return (int) (number % sentNs.length());
        }

        private void arrived(int endpoint, long number) {
            if (sentNs.get(slot(number)) - waitsFromNs.get() >= 0) {
                reachedNs.compareAndSet(Partners.partition(endpoint), 0, System.nanoTime());
            }
        }

        /** Blocks until each partition has delivered something produced at or after that time; when the last did. */
        long awaitAll(long fromNs) {
            waitsFromNs.set(fromNs);
            for (int i = 0; i < reachedNs.length(); i++) {
                reachedNs.set(i, 0);
            }
            long last = fromNs;
            long until = System.nanoTime() + SETTLE_NS_MAX;
            for (int i = 0; i < reachedNs.length(); i++) {
                while (hasEndpoint[i] && reachedNs.get(i) == 0) {
                    if (System.nanoTime() > until) {
                        throw new IllegalStateException("Partition " + i + " delivers nothing any more.");
                    }
                    LockSupport.parkNanos(LOOK_NS);
                }
                last = hasEndpoint[i] ? Math.max(last, reachedNs.get(i)) : last;
            }
            return last;
        }

        @Override
        public void close() {
            isClosing = true;
            producing.join();
            producer.close();
        }
    }
}
