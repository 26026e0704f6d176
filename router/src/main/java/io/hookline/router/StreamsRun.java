package io.hookline.router;

import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.route.TenantSource;
import io.hookline.router.schema.SchemaLookup;
import io.hookline.router.stop.Closing;
import io.hookline.router.stop.ClosingException;
import io.hookline.router.stream.RestoreWatch;
import io.hookline.router.stream.RouterClients;
import io.hookline.router.stream.RouterCodecs;
import io.hookline.router.stream.RouterTopology;
import io.hookline.router.stream.RoutingCounters;
import io.hookline.router.subscription.AppliedOffsets;
import io.hookline.router.subscription.SubscriptionTable;
import io.hookline.schemas.topic.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Streams client from start to end, with routes of its own: a client cannot be started twice, and its global thread cannot be
 * replaced. Stream threads that die of a passing fault are replaced here; what else ends the client is for the router to judge.
 */
final class StreamsRun {
    private static final Logger log = LoggerFactory.getLogger(StreamsRun.class);
    private static final String GLOBAL_THREAD = "GlobalStreamThread";

    private final KafkaStreams streams;
    private final RouterClients clients;
    private final SubscriptionTable table;
    private final AppliedOffsets offsets;
    private final Faults faults;
    private final Closing closing;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private volatile Throwable lastFault = new StreamsException("The Streams client stopped without a reason.");
    private volatile boolean restoring;

    StreamsRun(
            Properties settings,
            TopicNames names,
            TenantSource tenants,
            Cluster cluster,
            RouterCodecs codecs,
            SchemaLookup schemas,
            Optional<String> transactionalIdStart,
            RoutingCounters counters,
            Faults faults,
            Closing closing,
            Consumer<KafkaStreams.State> onState) {
        IndexedMatcher matcher = new IndexedMatcher();
        this.offsets = new AppliedOffsets(cluster.partitions());
        this.table = new SubscriptionTable(codecs.subscription(), schemas, matcher, offsets);
        this.clients = new RouterClients(schemas, transactionalIdStart);
        this.faults = faults;
        this.closing = closing;
        RouterTopology topology = new RouterTopology(
                names,
                tenants,
                cluster.partitions(),
                cluster.recordBytesMax() - StreamsSettings.OVERHEAD_BYTES,
                matcher,
                table,
                offsets,
                schemas,
                codecs,
                counters,
                InstantSource.system());
        this.streams = new KafkaStreams(topology.build(new StreamsConfig(settings)), settings, clients);
        streams.setGlobalStateRestoreListener(new RestoreWatch(table));
        streams.setUncaughtExceptionHandler(this::onFault);
        streams.setStateListener((now, before) -> {
            onState.accept(now);
            if (now == KafkaStreams.State.ERROR) {
                ended.complete(lastFault);
            }
        });
    }

    /** Restores the routes, then starts the stream threads. Blocks until the routes are complete, or the client has ended. */
    void start() {
        restoring = true;
        try {
            streams.start();
        } catch (StreamsException | IllegalStateException e) {
            ended.complete(e);
        } finally {
            restoring = false;
        }
    }

    /** Gives up a {@link #start} that waits for the cluster. */
    void interruptStart() {
        if (restoring) {
            clients.wakeupGlobal();
        }
    }

    /** Completes with the fault when the client has ended by itself. */
    CompletableFuture<Throwable> ended() {
        return ended;
    }

    SubscriptionTable table() {
        return table;
    }

    AppliedOffsets offsets() {
        return offsets;
    }

    /**
     * Ends the client, committing what is routed. Blocks for at most {@code timeout}.
     *
     * @param leave whether to leave the group, so that others take over at once
     * @return whether everything had ended by then
     */
    boolean close(boolean leave, Duration timeout) {
        return streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(
                        leave ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    /** Called on the thread that dies of it, which is replaced when this returns. */
    private StreamThreadExceptionResponse onFault(Throwable fault) {
        lastFault = fault;
        boolean global = Thread.currentThread().getName().endsWith(GLOBAL_THREAD);
        if (global || closing.isTold() || Faults.permanent(fault).isPresent()) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Optional<Duration> pause = faults.survive();
        if (pause.isEmpty()) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.warn("stream thread is replaced after a fault", fault);
        try {
            closing.pause(pause.get(), "replacing a stream thread");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (ClosingException e) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }
}
