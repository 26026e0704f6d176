package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Verdict;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds back those targets whose rate or whose breaker says so, and lets them go again in time. */
final class Brakes {
    private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

    /** No answer of the endpoint at all. */
    private static final Set<Reason> SILENT =
            Set.of(Reason.TIMEOUT, Reason.NAME_NOT_RESOLVED, Reason.CONNECT_FAILED, Reason.CONNECTION_LOST);

    private final Deadlines deadlines;
    private final RandomGenerator random;
    private final Recorder recorder;
    private final long disableAfterMs;
    private final Consumer<Target> goOn;
    private final Outage outage = new Outage();

    /**
     * @param disableAfterMs how long an endpoint may fail without a success, in milliseconds
     * @param goOn told of a target that may try again
     */
    Brakes(Deadlines deadlines, RandomGenerator random, Recorder recorder, long disableAfterMs, Consumer<Target> goOn) {
        this.deadlines = deadlines;
        this.random = random;
        this.recorder = recorder;
        this.disableAfterMs = disableAfterMs;
        this.goOn = goOn;
    }

    /** Whether a target's rate has it wait; if so it is woken in time. What is stopped anyway does not wait for that. */
    boolean holds(Target target) {
        long waitMs = target.stopped() == null ? target.waitMs(System.nanoTime()) : 0;
        if (waitMs > 0) {
            target.awaitsToken(true);
            wake(target, waitMs);
        }
        return waitMs > 0;
    }

    /** What the end of an attempt means for those to come. */
    void ended(Flight flight, Verdict verdict, long nowMs) {
        watch(flight, verdict);
        if (verdict.isSuccess()) {
            succeeded(flight, nowMs);
        } else {
            failed(flight, verdict, nowMs);
        }
    }

    private void watch(Flight flight, Verdict verdict) {
        boolean isChanged = outage.ended(flight.target().id(), SILENT.contains(verdict.reason()), Uptime.ms());
        if (isChanged && outage.is()) {
            LOG.error(
                    "{} of {} endpoints tried lately give no answer: the network, the name server or this machine may be at fault."
                            + " Each is left alone after one failure until most answer again; last reason={} detail={}",
                    outage.silent(),
                    outage.tried(),
                    verdict.reason(),
                    verdict.detail());
        } else if (isChanged) {
            LOG.info("most endpoints answer again: silent={} tried={}", outage.silent(), outage.tried());
        }
    }

    private void succeeded(Flight flight, long nowMs) {
        Target target = flight.target();
        if (target.breaker().succeeded(flight.startedNanos(), Uptime.ms())) {
            target.recovered();
            LOG.info("endpoint takes deliveries again: subscription={}", target.id());
        }
        Instant since = target.failing().since();
        if (target.failing().ends()) {
            recorder.recovered(flight, since, nowMs);
        }
    }

    private void failed(Flight flight, Verdict verdict, long nowMs) {
        Target target = flight.target();
        Breaker breaker = target.breaker();
        long sinceMs = target.failing().failed(flight.startedAtMs());
        boolean isOpened = breaker.failed(
                verdict.reason(),
                outage.is() && SILENT.contains(verdict.reason())
                        ? Outage.STOP_AT_ONCE
                        : flight.endpoint().breaker(),
                flight.startedNanos(),
                System.nanoTime(),
                Uptime.ms());
        if (isOpened) {
            target.partition().parking().refresh(target);
            wake(target, breaker.openMs() + random.nextLong(breaker.openMs() / 5));
            LOG.warn(
                    "endpoint fails, its deliveries wait for {} ms: subscription={} reason={} detail={}",
                    breaker.openMs(),
                    target.id(),
                    verdict.reason(),
                    verdict.detail());
        }
        if (target.disabled() == null && nowMs - sinceMs >= disableAfterMs) {
            target.disable(verdict.reason());
            recorder.disabled(flight, verdict.reason(), nowMs);
            LOG.warn(
                    "endpoint is disabled, it has failed since {}: subscription={} reason={}",
                    target.failing().since(),
                    target.id(),
                    verdict.reason());
        } else if (isOpened && target.failing().record()) {
            recorder.status(target, nowMs);
        }
    }

    private void wake(Target target, long inMs) {
        Deadlines.Node timer = target.timer(() -> new Timer(target));
        deadlines.lift(timer);
        deadlines.set(timer, Uptime.ms() + inMs);
    }

    private final class Timer extends Deadlines.Node {
        private final Target target;

        Timer(Target target) {
            this.target = target;
        }

        @Override
        void expire() {
            target.awaitsToken(false);
            target.breaker().halfOpen(System.nanoTime());
            target.partition().parking().refresh(target);
            goOn.accept(target);
        }
    }
}
