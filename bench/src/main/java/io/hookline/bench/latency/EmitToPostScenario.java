package io.hookline.bench.latency;

import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Orders;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.kafka.Stream;
import io.hookline.bench.measure.Latencies;
import io.hookline.bench.measure.Pace;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.producer.ProducerSettings;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.ScriptedReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Emits orders with the producer library at 1,000 a second; a router and a deliverer, each in its process, bring them to receivers in this
 * one. Measured is the time from the moment an event is due to the arrival of its first POST; in turns with it, as the floor below which no
 * pipeline on Kafka can go, the time that the same events take from a plain producer to a plain consumer.
 */
final class EmitToPostScenario implements Scenario {
    private static final int PER_SECOND = 1_000;
    private static final int SECONDS = 15;
    private static final int ENDPOINTS = 100;
    private static final String OURS = "hookline";
    private static final String FLOOR = "plain Kafka, produced to consumed";
    private static final long LATE_NS_MAX = Duration.ofSeconds(60).toNanos();
    private static final long LOOK_NS = Duration.ofMillis(20).toNanos();
    private static final long LEAD_NS = Duration.ofMillis(50).toNanos();
    private static final byte[] DATA = "\"order_id\":\"".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "emit to POST";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("emit_to_post_p50_ms", 50, "ms"), Target.atMost("emit_to_post_p99_ms", 150, "ms"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int events = PER_SECOND * (effort.isQuick() ? SECONDS / 3 : SECONDS);
        try (Stage stage = new Stage()) {
            Arrivals arrivals = new Arrivals();
            Installation installation = new Installation(stage, "latency.", true);
            ScriptedReceiver receiver =
                    stage.add(ScriptedReceiver.builder().requestsMax(1_000).start());
            installation.subscribe(ENDPOINTS, i -> {
                String path = "/" + i;
                receiver.endpoint(path, arrivals);
                var subscription = Installation.subscription(Installation.id(i), Installation.ofCustomer(i));
                subscription.setUrl("http://127.0.0.1:" + receiver.port() + path);
                return subscription;
            });
            stage.add(Child.startReady(Role.Kind.ROUTER, installation.settings()));
            stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
            Stream plain = stage.add(Stream.plain(new Installation(stage, "floor.", false), ENDPOINTS));
            try (EventProducer producer = producer(installation)) {
                Latencies floor = new Latencies();
                Latencies ours = new Latencies();
                for (int round = -effort.warmUps(); round < effort.rounds(); round++) {
                    effort.say("round " + (round + 1) + ", " + events + " events each");
                    Latencies floorNow = plain.run(PER_SECOND, events);
                    Latencies oursNow = arrivals.run(producer, events);
                    if (round >= 0) {
                        floor.addAll(floorNow);
                        ours.addAll(oursNow);
                    }
                }
                rows(report, FLOOR, floor);
                rows(report, OURS, ours);
                report.figure("emit_to_post_p50_ms", ours.percentileMs(50));
                report.figure("emit_to_post_p99_ms", ours.percentileMs(99));
            }
        }
    }

    private void rows(Report report, String who, Latencies latencies) {
        for (double percent : new double[] {50, 99, 99.9}) {
            report.row(name(), who, "ms p" + percent, Summary.of(latencies.percentileMs(percent)));
        }
    }

    private static EventProducer producer(Installation installation) {
        Map<String, String> settings = new HashMap<>(installation.settings());
        settings.remove("topics.prefix");
        settings.put(ProducerSettings.TOPIC_PREFIX, installation.names().prefix());
        settings.put(ProducerSettings.SOURCE, "/bench");
        return EventProducer.create(settings);
    }

    /** Emits orders and notes when they arrive. The receiver's I/O thread calls {@link #reply}. */
    private static final class Arrivals implements io.hookline.testkit.receiver.Script {
        private volatile AtomicLongArray arrivedNs = new AtomicLongArray(0);
        private volatile long first;
        private long emitted;

        @Override
        public Reply reply(ReceivedRequest request, int timesSeen) {
            long now = System.nanoTime();
            byte[] body = request.body();
            int at = (int) (Orders.number(body, indexOf(body)) - first);
            if (at >= 0) {
                arrivedNs.compareAndSet(at, 0, now);
            }
            return Reply.status(200);
        }

        /** Where the order begins in the body of a POST. */
        private static int indexOf(byte[] body) {
            for (int i = 1; i + DATA.length <= body.length; i++) {
                if (java.util.Arrays.equals(body, i, i + DATA.length, DATA, 0, DATA.length)) {
                    return i - 1;
                }
            }
            throw new IllegalStateException(
                    "A POST came without an order: " + new String(body, StandardCharsets.UTF_8));
        }

        Latencies run(EventProducer producer, int count) {
            first = emitted;
            emitted += count;
            AtomicLongArray arrived = new AtomicLongArray(count);
            arrivedNs = arrived;
            Pace pace = new Pace(System.nanoTime() + LEAD_NS, PER_SECOND);
            for (int i = 0; i < count; i++) {
                pace.await(i);
                long number = first + i;
                byte[] order = Orders.of(number, (int) (number % ENDPOINTS), 1_000_000);
                var unused = producer.emit(
                        Event.of(Orders.TYPE, order).tenant(Installation.TENANT).key(Long.toString(number)));
            }
            producer.flush();
            return latencies(arrived, pace);
        }

        private static Latencies latencies(AtomicLongArray arrived, Pace pace) {
            Latencies latencies = new Latencies();
            long until = System.nanoTime() + LATE_NS_MAX;
            for (int i = 0; i < arrived.length(); i++) {
                while (arrived.get(i) == 0) {
                    if (System.nanoTime() > until) {
                        throw new IllegalStateException(
                                "Order " + i + " of " + arrived.length() + " has not arrived in time.");
                    }
                    LockSupport.parkNanos(LOOK_NS);
                }
                latencies.add(arrived.get(i) - pace.dueNs(i));
            }
            return latencies;
        }
    }
}
