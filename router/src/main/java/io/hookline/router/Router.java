package io.hookline.router;

import io.hookline.router.subscription.SubscriptionProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A running router: reads the platform's events and writes for each the deliveries to the subscriptions that match it. Needs no disk.
 * All methods may be called from any thread.
 */
public final class Router implements AutoCloseable {
    /** How long closing may take before what still runs is left behind. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final RouterLoop loop;

    private Router(RouterLoop loop) {
        this.loop = loop;
    }

    /**
     * Starts a router. Returns at once: connecting, and reading all subscriptions, goes on in the background ({@link #awaitRunning}).
     *
     * @param settings see {@link RouterSettings}; values may be text, or what Kafka's clients take
     * @throws io.hookline.schemas.config.InvalidSettingsException listing everything that is wrong with the settings
     * @throws org.apache.kafka.common.config.ConfigException where a setting of the schema registry client is missing or wrong
     */
    public static Router start(Map<String, ?> settings) {
        RouterLoop loop = new RouterLoop(RouterSettings.parse(settings));
        loop.start();
        return new Router(loop);
    }

    /** Its id in topic {@code instances}. */
    public String instanceId() {
        return loop.instanceId();
    }

    public RouterState state() {
        return loop.state();
    }

    public RouterStatus status() {
        return loop.status();
    }

    /**
     * Partition of topic {@code subscriptions} to the offset of its last record that is in effect: every event that this router reads
     * from now on is matched against it. Partitions without any are left out.
     */
    public Map<Integer, Long> appliedSubscriptions() {
        return loop.appliedSubscriptions();
    }

    /** The broken subscriptions that are in the topic now, at most 1,000. They match nothing. */
    public List<SubscriptionProblem> problems() {
        return loop.status().problems();
    }

    /** Completes with the final state when the router has stopped, whatever the reason. */
    public CompletableFuture<RouterState> stopped() {
        return loop.stopped().copy();
    }

    /**
     * Blocks until it routes.
     *
     * @throws RouterFailedException where it has stopped instead
     * @throws TimeoutException where it has done neither within {@code limit}; it goes on trying
     */
    public void awaitRunning(Duration limit) throws TimeoutException {
        CompletableFuture<?> either = CompletableFuture.anyOf(loop.running(), loop.stopped());
        try {
            either.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new TimeoutException("The router does not run after " + limit.toMillis() + " ms: " + state());
        }
        if (state().isFinal()) {
            throw new RouterFailedException(state());
        }
    }

    /**
     * Commits what is routed, leaves the group so that other routers take over at once, and says in topic {@code instances} that it is
     * gone. Blocks, for at most about a minute.
     */
    @Override
    public void close() {
        loop.close(true, CLOSE_MAX);
    }

    /** Stops without leaving the group and without a word in {@code instances}, as close to a crash as a thread can come. */
    void abandon() {
        loop.close(false, CLOSE_MAX);
    }
}
