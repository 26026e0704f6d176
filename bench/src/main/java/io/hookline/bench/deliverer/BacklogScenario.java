package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Flood;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Lag;
import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
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
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A million deliveries wait for one endpoint that takes requests and never answers; then it is well again. Measured are the live heap with all of
 * them waiting against the one with a hundredth, and the rate at which the backlog drains, once a fifth is through, against the rate to one
 * endpoint that was well all the time. Only topics, the group's offsets and the receiver say how far it is.
 */
final class BacklogScenario implements Scenario {
    private static final int WELL = 0;
    private static final int DEAD = 1;
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int STEADY = 150_000;
    private static final int CHUNK = 100_000;
    private static final double LEAD = 0.2;
    private static final double TAIL = 0.05;
    private static final int LOOKS = 3;
    private static final long STEP_MIN = 100;
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final Duration QUICK_SETTLED = Duration.ofSeconds(3);
    private static final long QUIET_NS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_NS = Duration.ofMillis(50).toNanos();
    private static final Duration DRAIN_MAX = Duration.ofMinutes(10);
    private static final Duration QUICK_DRAIN_MAX = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("heap_1m_vs_10k_waiting", 1.1, ""), Target.atLeast("catch_up_vs_steady", 0.8, ""));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int few = effort.isQuick() ? FEW / 20 : FEW;
        int many = effort.isQuick() ? MANY / 100 : MANY;
        try (Stage stage = new Stage()) {
            EndpointSink sink = stage.add(new EndpointSink(2));
            Installation installation = new Installation(stage, "backlog.", true);
            Partners partners = new Partners(installation, 2, sink.url(), subscription -> {});
            Child process = stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
            Flood flood = stage.add(new Flood(installation));
            double steady = steady(effort, sink, process, flood, partners);

            sink.behave(DEAD, Behaviour.DEAD);
            Arrived arrived = new Arrived();
            sink.ask(arrived::answer);
            long first = flood.written();
            Waiting waiting = new Waiting(effort, flood, partners, new Lag(installation), process);
            double heapFew = waiting.heapAt(few, first);
            double heapMany = waiting.heapAt(many, first);

            effort.say("the endpoint is well again");
            sink.behave(DEAD, Behaviour.WELL);
            double drained = arrived.drain(effort, many, effort.isQuick() ? QUICK_DRAIN_MAX : DRAIN_MAX);
            report.row(name(), "hookline, live heap, " + few + " waiting", "bytes", Summary.of(heapFew));
            report.row(name(), "hookline, live heap, " + many + " waiting", "bytes", Summary.of(heapMany));
            report.row(name(), "hookline, one endpoint, steady", "POSTs/s", Summary.of(steady));
            report.row(name(), "hookline, one endpoint, catching up", "POSTs/s", Summary.of(drained));
            report.figure("heap_1m_vs_10k_waiting", heapMany / heapFew);
            report.figure("catch_up_vs_steady", drained / steady);
        }
    }

    /** The rate to one endpoint; the second of two floods. */
    private static double steady(Effort effort, EndpointSink sink, Child process, Flood flood, Partners partners) {
        effort.say("steady rate to one endpoint");
        SinkWatch watch = new SinkWatch(sink, LEAD);
        int count = effort.isQuick() ? STEADY / 20 : STEADY;
        double perSecond = 0;
        for (int i = 0; i < 2; i++) {
            flood.write(count, number -> partners.delivery(number, WELL));
            perSecond = watch.run(count, process, flood::open, () -> {}).perSecond();
        }
        return perSecond;
    }

    /** Lets deliveries wait for the dead endpoint. */
    private record Waiting(Effort effort, Flood flood, Partners partners, Lag lag, Child process) {
        /** The live heap once {@code count} deliveries in all, from number {@code first} on, are known to wait. */
        double heapAt(int count, long first) throws ExecutionException, InterruptedException {
            effort.say("letting " + count + " wait");
            while (flood.written() < first + count) {
                long missing = first + count - flood.written();
                flood.write((int) Math.min(CHUNK, missing), number -> partners.delivery(number, DEAD));
                flood.open();
            }
            long left = lag.awaitSettled(Math.max(STEP_MIN, count / 100), effort.isQuick() ? QUICK_SETTLED : SETTLED);
            effort.say(left + " of them are not behind the group's offsets yet: they are being tried");
            double least = Double.MAX_VALUE;
            for (int i = 0; i < LOOKS; i++) {
                LockSupport.parkNanos(QUIET_NS / LOOKS);
                least = Math.min(least, (double) process.liveUsage().heapBytes());
            }
            return least;
        }
    }

    /** Which deliveries have arrived at the endpoint after it was well again. */
    private static final class Arrived {
        private final BitSet orders = new BitSet();
        private int distinct;
        private volatile int count;

        /** On the sink's thread. */
        Behaviour answer(int endpoint, byte[] bytes, int from, int to, Behaviour usual) {
            if (usual.equals(Behaviour.WELL)) {
                int order = (int) Partners.order(bytes, from, to);
                if (!orders.get(order)) {
                    orders.set(order);
                    distinct++;
                    count = distinct;
                }
            }
            return usual;
        }

        /** Waits for all of them, or as long as may be; how many arrived a second, those at the beginning and the end left out. */
        double drain(Effort effort, int all, Duration most) {
            long healedNs = System.nanoTime();
            long until = healedNs + most.toNanos();
            int ramp = await((int) (all * LEAD), until);
            long fromNs = System.nanoTime();
            int end = await((int) (all * (1 - TAIL)), until);
            long toNs = System.nanoTime();
            effort.say(String.format(
                    Locale.ROOT,
                    "%d of %d came within %.1f s, the first fifth within %.1f s",
                    end,
                    all,
                    (toNs - healedNs) / 1e9,
                    (fromNs - healedNs) / 1e9));
            return end > ramp && ramp >= all * LEAD
                    ? (end - ramp) * 1e9 / (toNs - fromNs)
                    : end * 1e9 / (toNs - healedNs);
        }

        private int await(int wanted, long untilNs) {
            while (count < wanted && System.nanoTime() < untilNs) {
                LockSupport.parkNanos(LOOK_NS);
            }
            return count;
        }
    }
}
