package io.hookline.producer.listener;

import io.hookline.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running handlers, as {@link Listeners#start} made them. Stops when it is closed, or by itself when it must not go on ({@link #halted});
 * the service is not stopped then, so look at it in the health check.
 *
 * <p>All methods may be called from any thread.
 */
public final class EventListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
    private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(5);

    private final String service;
    private final Reporter reporter;
    private final Optional<SchemaRegistryClient> registry;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<ListenerProblem> halted = new CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();

    EventListener(String service, Reporter reporter, Optional<SchemaRegistryClient> registry) {
        this.service = service;
        this.reporter = reporter;
        this.registry = registry;
    }

    /** @param loop makes the loop of a thread, by its number */
    void start(int count, Function<Integer, ListenerLoop> loop) {
        for (int n = 0; n < count; n++) {
            threads.add(new Thread(loop.apply(n), "hookline-listener-" + service + "-" + n));
        }
        threads.forEach(Thread::start);
    }

    CountDownLatch stop() {
        return stop;
    }

    void halt(ListenerProblem problem) {
        if (problem.kind() == ListenerProblem.Kind.LISTENER_FAILED) {
            reporter.report(problem);
        }
        stop.countDown();
        halted.complete(problem);
    }

    /** Whether events are being handled: false once it is closed or halted. */
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    /** Completes with the reason when it stops by itself. What was handled before is committed then. */
    public CompletableFuture<ListenerProblem> halted() {
        return halted.copy();
    }

    /** As {@link #close(Duration)}, with half a minute. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Takes no further event, waits for handlers that are running, commits what they did and leaves the group. Handlers that take longer than
     * the limit are interrupted, and their events handled again after the next start.
     */
    public void close(Duration limit) {
        stop.countDown();
        if (!join(limit)) {
            log.warn("listener of {}: handlers still run after {}; interrupting them", service, limit);
            threads.forEach(Thread::interrupt);
            join(INTERRUPTED_LIMIT);
        }
        registry.ifPresent(SchemaRegistryClient::close);
    }

    private boolean join(Duration limit) {
        long endNs = System.nanoTime()
                + Math.min(limit.toMillis(), Duration.ofDays(1).toMillis()) * 1_000_000;
        try {
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    thread.join(Math.max(1, (endNs - System.nanoTime()) / 1_000_000));
                    if (thread.isAlive()) {
                        return false;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
