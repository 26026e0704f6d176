package io.hookline.bench.deliverer;

import io.hookline.avro.Breaker;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.RetryWindows;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Latencies;
import io.hookline.bench.measure.Pace;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.sink.Behaviour;
import io.hookline.bench.sink.EndpointSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The first attempt of every delivery fails; its retry comes a minute later, so that after a minute 100,000 are pending, due over the next minute.
 * Lateness is the time from the beginning of a retry's window, as the retry topics have it, to its arrival. Nothing is parked for its failures
 * (breaker off), or there would be no retries.
 */
final class RetryScenario implements Scenario {
    private static final int ENDPOINTS = 1_000;
    private static final int SECONDS = 60;
    private static final int QUICK_SECONDS = 5;
    private static final int PENDING = 100_000;
    private static final long LOOK_NS = Duration.ofMillis(100).toNanos();
    private static final long LATE_NS_MAX = Duration.ofMinutes(2).toNanos();
    private static final long LEAD_NS = Duration.ofMillis(100).toNanos();

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("retry_late_p99_ms", 250, "ms"), Target.atMost("retry_early_ms", 0, "ms"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int seconds = effort.isQuick() ? QUICK_SECONDS : SECONDS;
        int count = effort.isQuick() ? PENDING / 50 : PENDING;
        try (Stage stage = new Stage()) {
            EndpointSink sink = stage.add(new EndpointSink(ENDPOINTS));
            Installation installation = new Installation(stage, "retry.", true);
            Partners partners = new Partners(
                    installation,
                    ENDPOINTS,
                    sink.url(),
                    subscription -> subscription
                            .setRetrySchedule(seconds + "s 5m")
                            .setBreaker(Breaker.newBuilder().setEnabled(false).build()));
            stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
            Retried retried = new Retried(count);
            sink.ask(retried::answer);
            effort.say("failing " + count + " first attempts in " + seconds + " s");
            produce(installation, partners, count, seconds);
            effort.say("waiting for " + count + " retries");
            retried.await();
            effort.say("reading when they were due");
            report(report, retried, RetryWindows.read(installation), count);
        }
    }

    private static void produce(Installation installation, Partners partners, int count, int seconds) {
        try (var producer = installation.producer(Map.of("linger.ms", 0))) {
            Pace pace = new Pace(System.nanoTime() + LEAD_NS, count / (double) seconds);
            for (int i = 0; i < count; i++) {
                pace.await(i);
                var unused = producer.send(partners.delivery(i));
            }
        }
    }

    private void report(Report report, Retried retried, RetryWindows windows, int count) {
        Latencies late = new Latencies();
        long earlyMs = 0;
        for (int i = 0; i < count; i++) {
            Long fromMs = windows.fromMs().get((long) i);
            if (fromMs == null) {
                throw new IllegalStateException("Order " + i + " was tried again without a record of its retry.");
            }
            long lateMs = retried.arrivedMs.get(i) - fromMs;
            earlyMs = Math.max(earlyMs, -lateMs);
            late.add(TimeUnit.MILLISECONDS.toNanos(Math.max(0, lateMs)));
        }
        for (double percent : new double[] {50, 99, 99.9}) {
            report.row(name(), "hookline, late", "ms p" + percent, Summary.of(late.percentileMs(percent)));
        }
        report.row(name(), "hookline, early", "ms at most", Summary.of((double) earlyMs));
        report.figure("retry_late_p99_ms", late.percentileMs(99));
        report.figure("retry_early_ms", (double) earlyMs);
    }

    /** Answers the first attempt of each order with 500, and notes when the second arrives. */
    private static final class Retried {
        private final AtomicIntegerArray attempts;
        private final AtomicLongArray arrivedMs;

        Retried(int count) {
            attempts = new AtomicIntegerArray(count);
            arrivedMs = new AtomicLongArray(count);
        }

        Behaviour answer(int endpoint, byte[] bytes, int from, int to, Behaviour usual) {
            int order = (int) Partners.order(bytes, from, to);
            if (attempts.incrementAndGet(order) == 1) {
                return Behaviour.BROKEN;
            }
            arrivedMs.compareAndSet(order, 0, System.currentTimeMillis());
            return usual;
        }

        void await() {
            long since = System.nanoTime();
            for (int i = 0; i < arrivedMs.length(); i++) {
                while (arrivedMs.get(i) == 0) {
                    if (System.nanoTime() - since > LATE_NS_MAX) {
                        throw new IllegalStateException("The retry of order " + i + " of " + arrivedMs.length()
                                + " has not come, after " + attempts.get(i) + " attempts.");
                    }
                    LockSupport.parkNanos(LOOK_NS);
                }
            }
        }
    }
}
