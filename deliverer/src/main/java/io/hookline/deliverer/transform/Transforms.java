package io.hookline.deliverer.transform;

import com.dashjoin.jsonata.JException;
import io.hookline.schemas.PlainText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that evaluate transforms. As many as there are cores, and one more for each evaluation that does not come back (a regular
 * expression that backtracks without end cannot be stopped); threads that have nothing to do end. Any thread.
 */
public final class Transforms {
    private static final Logger LOG = LoggerFactory.getLogger(Transforms.class);
    private static final int DETAIL_CHARS_MAX = 1_000;
    private static final long IDLE_SECONDS = 10;
    private static final long LOOK_MS = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Room for the frames of {@link TransformLimits#DEPTH_MAX} evaluations within each other. */
    private static final long STACK_BYTES = 4L << 20;

    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor watch;

    /** What an evaluation came to. */
    public sealed interface Outcome {
        /** JSON in UTF-8; nobody else has it. */
        record Result(byte[] json) implements Outcome {}

        /** The transform fails on this event, today and tomorrow; {@code detail} says why, for people. */
        record Failed(String detail) implements Outcome {}
    }

    public Transforms() {
        int size = Math.max(2, Runtime.getRuntime().availableProcessors());
        pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        pool.allowCoreThreadTimeOut(true);
        watch = new ScheduledThreadPoolExecutor(1, this::thread);
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hookline-transform-" + threads.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Evaluates the expression on a document. Never blocks; completes on a thread of the pool, and never exceptionally.
     *
     * @param document JSON in UTF-8; read on the pool, must not change
     * @param nowMs what the expression takes for the present, milliseconds since 1970
     */
    public CompletableFuture<Outcome> apply(Transform transform, byte[] document, long nowMs) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Runnable evaluation = () -> evaluate(transform, document, nowMs, outcome);
        if (transform.mayRun(evaluation)) {
            pool.execute(evaluation);
        }
        return outcome;
    }

    private void evaluate(Transform transform, byte[] document, long nowMs, CompletableFuture<Outcome> outcome) {
        if (transform.isRefused()) {
            outcome.complete(refused());
            goOn(transform);
            return;
        }
        AtomicBoolean isOver = new AtomicBoolean();
        long thread = Thread.currentThread().getId();
        long cpuNsMax = THREADS.getCurrentThreadCpuTime() + TransformLimits.LOST_AFTER.toNanos();
        ScheduledFuture<?> look = watch.scheduleWithFixedDelay(
                () -> {
                    if (THREADS.getThreadCpuTime(thread) > cpuNsMax && isOver.compareAndSet(false, true)) {
                        giveUp(transform, outcome);
                    }
                },
                LOOK_MS,
                LOOK_MS,
                TimeUnit.MILLISECONDS);
        Outcome result = evaluate(transform, document, nowMs);
        look.cancel(false);
        if (isOver.compareAndSet(false, true)) {
            outcome.complete(result);
            goOn(transform);
        } else {
            pool.setCorePoolSize(pool.getCorePoolSize() - 1);
            pool.setMaximumPoolSize(pool.getMaximumPoolSize() - 1);
        }
    }

    /** The evaluation holds its thread and will not say when it lets go: another thread takes its place. */
    private void giveUp(Transform transform, CompletableFuture<Outcome> outcome) {
        transform.refuse();
        LOG.error(
                "transform does not come back and is refused from now on, until its subscription is edited: {}",
                PlainText.oneLine(transform.toString(), DETAIL_CHARS_MAX));
        pool.setMaximumPoolSize(pool.getMaximumPoolSize() + 1);
        pool.setCorePoolSize(pool.getCorePoolSize() + 1);
        outcome.complete(refused());
        goOn(transform);
    }

    private void goOn(Transform transform) {
        Runnable next = transform.next();
        if (next != null) {
            pool.execute(next);
        }
    }

    private static Outcome refused() {
        return failed("it did not come back within " + TransformLimits.LOST_AFTER.toMillis()
                + " ms (a regular expression that backtracks?) and is refused until the subscription is edited");
    }

    private static Outcome evaluate(Transform transform, byte[] document, long nowMs) {
        try {
            return new Outcome.Result(
                    JsonValues.write(Bounded.evaluate(transform.parsed(), JsonValues.read(document), nowMs)));
        } catch (LimitException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (JException e) {
            return failed(e.getMessage() + (e.getLocation() > 0 ? ", at character " + e.getLocation() : ""));
        } catch (StackOverflowError e) {
            return failed("it is nested too deeply");
        } catch (IOException | RuntimeException e) {
            return failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static Outcome failed(String why) {
        return new Outcome.Failed(PlainText.oneLine("The transform fails: " + why, DETAIL_CHARS_MAX));
    }
}
