package io.hookline.router;

import io.hookline.router.instance.Heartbeat;
import io.hookline.router.schema.SchemaLookup;
import io.hookline.router.stop.Closing;
import io.hookline.router.stop.ClosingException;
import io.hookline.router.stream.RouterCodecs;
import io.hookline.router.stream.RoutingCounters;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.UnusableTopicsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a router up and keeps it up, on a thread of its own: asks cluster and registry until they answer, starts the heartbeat, runs one
 * Streams client after the other. A fault that passes is survived; what somebody has to mend ends the loop.
 */
final class RouterLoop {
    private static final Logger log = LoggerFactory.getLogger(RouterLoop.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** Topics that have just been made are not known to every broker at once. */
    private static final int UNUSABLE_TOPICS_BELIEVED_AFTER = 5;

    private final RouterSettings settings;
    private final boolean isStatic;
    private final String instanceId;
    private final SchemaRegistryClient registry;
    private final RouterCodecs codecs;
    private final SchemaLookup schemas;
    private final Closing closing = new Closing();
    private final RoutingCounters counters = new RoutingCounters();
    private final Faults faults = new Faults(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<RouterState> stopped = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "hookline-router");
    private volatile RouterState state = new RouterState.Starting("starting");
    private volatile @Nullable StreamsRun current;
    private volatile boolean leave = true;
    private volatile Duration closeMax = Duration.ofSeconds(30);

    RouterLoop(RouterSettings settings) {
        this.settings = settings;
        this.isStatic = !settings.instanceId().isEmpty();
        this.instanceId = isStatic ? settings.instanceId() : UUID.randomUUID().toString();
        this.registry = SchemaRegistryClient.create(settings.registry());
        this.codecs = RouterCodecs.of(registry);
        this.schemas = SchemaLookup.of(registry, closing);
    }

    void start() {
        thread.start();
    }

    String instanceId() {
        return instanceId;
    }

    RouterState state() {
        return state;
    }

    /** Completes when it routes for the first time. */
    CompletableFuture<Void> running() {
        return running;
    }

    /** Completes with the final state. */
    CompletableFuture<RouterState> stopped() {
        return stopped;
    }

    Map<Integer, Long> appliedSubscriptions() {
        StreamsRun run = current;
        return run == null ? Map.of() : run.offsets().applied();
    }

    RouterStatus status() {
        StreamsRun run = current;
        return new RouterStatus(
                instanceId,
                state,
                run == null ? 0 : run.table().size(),
                run == null ? List.of() : run.table().problems(),
                run == null ? 0 : run.table().problemsReported(),
                counters.events(),
                counters.records(),
                counters.matches(),
                counters.dead(),
                faults.total());
    }

    /**
     * Stops everything. Blocks; may be called again.
     *
     * @param leaveGroup whether others shall know
     * @param limit for the Streams client to end
     */
    void close(boolean leaveGroup, Duration limit) {
        if (!closing.isTold()) {
            leave = leaveGroup;
            closeMax = limit;
            closing.tell();
        }
        StreamsRun run = current;
        if (run != null) {
            run.interruptStart();
        }
        try {
            thread.join(limit.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("router has not stopped yet: instance={} state={}", instanceId, state);
        }
    }

    private void run() {
        RouterState end = new RouterState.Closed();
        try {
            Cluster cluster = untilAnswered("asking Kafka for its topics", this::askCluster);
            untilAnswered("registering schemas", this::prepareCodecs);
            routeWithHeartbeat(cluster);
        } catch (ClosingException e) {
            log.debug("router closes", e);
        } catch (RouterStoppedException e) {
            end = new RouterState.Failed(String.valueOf(e.getMessage()));
            log.error("router stops: instance={}", instanceId, e);
        } catch (RuntimeException e) {
            end = new RouterState.Failed("The router failed, please report it: " + e);
            log.error("router stops: instance={}", instanceId, e);
        } finally {
            registry.close();
            state = end;
            stopped.complete(end);
        }
    }

    private void routeWithHeartbeat(Cluster cluster) {
        Heartbeat heartbeat = Heartbeats.create(settings, codecs.instance(), instanceId, this::appliedSubscriptions);
        try {
            heartbeat.start();
            route(cluster);
        } finally {
            if (leave) {
                heartbeat.close();
            } else {
                heartbeat.abandon();
            }
        }
    }

    private void route(Cluster cluster) {
        while (!closing.isTold()) {
            StreamsRun run = newRun(cluster);
            current = run;
            state = new RouterState.Starting("reading subscriptions");
            run.start();
            CompletableFuture.anyOf(run.ended(), closing.told()).join();
            if (!run.close(leave, closeMax)) {
                log.warn("streams client did not end within {}", closeMax);
            }
            if (!closing.isTold()) {
                survive(run.ended().join());
            }
        }
    }

    private StreamsRun newRun(Cluster cluster) {
        return new StreamsRun(
                StreamsSettings.of(settings, instanceId, isStatic),
                settings.names(),
                settings.tenants(),
                cluster,
                codecs,
                schemas,
                isStatic ? Optional.of(settings.names().routerGroup() + "-" + instanceId) : Optional.empty(),
                counters,
                faults,
                closing,
                this::onStreamsState);
    }

    private void onStreamsState(KafkaStreams.State now) {
        if (now == KafkaStreams.State.RUNNING) {
            state = new RouterState.Running(false);
            running.complete(null);
        } else if (now == KafkaStreams.State.REBALANCING && state instanceof RouterState.Running) {
            state = new RouterState.Running(true);
        }
    }

    /** Makes the pause after a fault, or ends the loop. */
    private void survive(Throwable fault) {
        Optional<String> permanent = Faults.permanent(fault);
        if (permanent.isPresent()) {
            throw new RouterStoppedException(permanent.get(), fault);
        }
        Duration pause = faults.survive()
                .orElseThrow(() -> new RouterStoppedException(
                        "Stopped after " + Faults.MAX + " faults in " + Faults.WINDOW_MINUTES
                                + " minutes, the last one: " + fault,
                        fault));
        log.warn("streams client is replaced after a fault: instance={}", instanceId, fault);
        state = new RouterState.Starting("recovering from: " + fault.getMessage());
        closing.pause(pause, "replacing the streams client");
    }

    private <T> T untilAnswered(String step, Supplier<T> question) {
        state = new RouterState.Starting(step);
        int unusableTopics = 0;
        while (true) {
            try {
                return question.get();
            } catch (RuntimeException e) {
                Optional<String> permanent = Faults.permanent(e);
                boolean early =
                        e instanceof UnusableTopicsException && ++unusableTopics < UNUSABLE_TOPICS_BELIEVED_AFTER;
                if (permanent.isPresent() && !early) {
                    throw new RouterStoppedException(permanent.get(), e);
                }
                log.warn("{} failed, trying again: {}", step, e.toString());
                state = new RouterState.Starting(step + ": " + e.getMessage());
                closing.pause(ASK_AGAIN, step);
            }
        }
    }

    private Cluster askCluster() {
        try (Admin admin = Admin.create(settings.client(Settings.ADMIN))) {
            return Cluster.ask(admin, settings.names());
        }
    }

    private RouterCodecs prepareCodecs() {
        codecs.prepare();
        return codecs;
    }
}
