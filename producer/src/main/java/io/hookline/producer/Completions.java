package io.hookline.producer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which the futures of one producer complete. Not Kafka's network thread: a continuation that emits may have to wait for that
 * one, and would wait in vain. The thread is there only while there is something to do. When more than {@value #WAITING_MAX} futures wait,
 * because continuations are slow, they complete on the network thread after all, which slows emission down.
 */
final class Completions {
    private static final int WAITING_MAX = 100_000;

    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    Completions() {
        executor = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX),
                this::newThread,
                (task, pool) -> task.run());
        executor.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable work) {
        Thread started = new Thread(work, "hookline-producer-completions");
        started.setDaemon(true);
        thread = started;
        return started;
    }

    void run(Runnable completion) {
        executor.execute(completion);
    }

    /** Blocks until everything handed over before has run. Returns at once on the thread itself. */
    void drain() {
        if (Thread.currentThread() != thread) {
            CompletableFuture<Void> reached = new CompletableFuture<>();
            executor.execute(() -> reached.complete(null));
            try {
                reached.get();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Takes nothing more, and waits until everything has run, up to a limit. Does not wait on the thread itself. */
    void close(Duration limit) {
        executor.shutdown();
        if (Thread.currentThread() != thread) {
            try {
                executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
