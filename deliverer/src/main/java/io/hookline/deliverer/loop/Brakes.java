package io.hookline.deliverer.loop;

import io.hookline.deliverer.answer.Verdict;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds back those targets whose rate or whose breaker says so, and lets them go again in time. */
final class Brakes {
    private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

    private final Deadlines deadlines;
    private final RandomGenerator random;
    private final Consumer<Target> goOn;

    /** @param goOn told of a target that may try again */
    Brakes(Deadlines deadlines, RandomGenerator random, Consumer<Target> goOn) {
        this.deadlines = deadlines;
        this.random = random;
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

    /** What the end of an attempt means for its target's breaker. */
    void ended(Flight flight, Verdict verdict) {
        Target target = flight.target();
        Breaker breaker = target.breaker();
        if (verdict.isSuccess()) {
            if (breaker.succeeded(flight.startedNanos(), Uptime.ms())) {
                target.recovered();
                LOG.info("endpoint takes deliveries again: subscription={}", target.id());
            }
        } else if (breaker.failed(
                verdict.reason(), flight.endpoint().breaker(), flight.startedNanos(), System.nanoTime(), Uptime.ms())) {
            target.partition().parking().refresh(target);
            wake(target, breaker.openMs() + random.nextLong(breaker.openMs() / 5));
            LOG.warn(
                    "endpoint fails, its deliveries wait for {} ms: subscription={} reason={} detail={}",
                    breaker.openMs(),
                    target.id(),
                    verdict.reason(),
                    verdict.detail());
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
