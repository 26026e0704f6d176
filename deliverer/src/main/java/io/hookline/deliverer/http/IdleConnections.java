package io.hookline.deliverer.http;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that are too old or idle for long and, where all together are too many, those idle for a shorter time. The pool without
 * a common lock, which is the fast one, does not bound its total itself. A thread of its own.
 */
final class IdleConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleConnections.class);
    private static final long PERIOD_MS = 1_000;
    private static final long IDLE_MS_MAX = 60_000;

    private final IdentityPools connections;
    private final int connectionsMax;
    private final ScheduledThreadPoolExecutor timer;

    IdleConnections(IdentityPools connections, int connectionsMax) {
        this.connections = connections;
        this.connectionsMax = connectionsMax;
        this.timer = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "hookline-connections");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(this::trim, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void trim() {
        try {
            connections.closeExpired();
            long idleMs = IDLE_MS_MAX;
            connections.closeIdle(TimeValue.ofMilliseconds(idleMs));
            while (idleMs > 0 && connections.isIdleBeyond(connectionsMax)) {
                idleMs = idleMs < PERIOD_MS ? 0 : idleMs / 2;
                connections.closeIdle(TimeValue.ofMilliseconds(idleMs));
            }
        } catch (RuntimeException e) {
            LOG.warn("idle connections not closed, trying again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
