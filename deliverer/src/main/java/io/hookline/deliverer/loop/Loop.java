package io.hookline.deliverer.loop;

import io.hookline.deliverer.commit.Committer;
import io.hookline.deliverer.commit.Outbox;
import io.hookline.deliverer.http.EndpointClient;
import io.hookline.deliverer.http.NameResolver;
import io.hookline.deliverer.render.Renderer;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.TopicNames;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the deliverers' group: a thread that reads its partitions, makes their attempts and records what became of them.
 *
 * <p>{@link #start} and {@link #close} may be called from any thread.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long IDLE_MS_MAX = 50;
    private static final long BUSY_MS_MAX = 5;
    private static final long AT_WORK_MS_MAX = 1;
    private static final long FLUSH_MS_MAX = 10_000;

    /** The group's session time-out, after which others may have this loop's partitions. */
    private static final long SESSION_MS = 10_000;

    /** The clients a loop works with; it closes the three consumers and whatever producers it had made. */
    public record Clients(
            Consumer<byte[], byte[]> group,
            Consumer<byte[], byte[]> side,
            Consumer<byte[], byte[]> recall,
            Supplier<Producer<byte[], byte[]>> producers,
            Admin admin,
            SchemaRegistryClient registry,
            NameResolver names,
            EndpointClient http) {}

    private final LoopSettings settings;
    private final TopicNames names;
    private final Consumer<byte[], byte[]> group;
    private final Clients clients;
    private final Clock clock;
    private final Mailbox mailbox;
    private final Committer committer;
    private final SideReader reader;
    private final Expiry expiry;
    private final Recall recall;
    private final Dispatcher dispatcher;
    private final Intake intake;
    private final Sealer sealer;
    private final Ownership ownership;
    private final LiveReader live;
    private final Throttle throttle;
    private final EndpointClient http;
    private final DelivererStats stats;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long turnMs = Uptime.ms();
    private boolean isStopping;
    private final ReadPace pace = new ReadPace();
    private volatile @Nullable Throwable failure;

    /** @param partitions P */
    public Loop(
            LoopSettings settings,
            TopicNames names,
            int partitions,
            Clients clients,
            Codecs codecs,
            DelivererStats stats,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.names = names;
        this.group = clients.group();
        this.clients = clients;
        this.clock = clock;
        this.mailbox = new Mailbox(group::wakeup);
        Outbox outbox = new Outbox();
        SchemaFetcher schemas = new SchemaFetcher(clients.registry(), mailbox);
        Recorder recorder = new Recorder(names, codecs, outbox, stats);
        Subscriptions subscriptions = new Subscriptions(settings.defaults(), settings.secrets(), partitions);
        this.committer = new Committer(
                settings.name() + "-commit", clients.producers(), result -> mailbox.put(new Signal.BatchEnded(result)));
        this.reader = new SideReader(clients.side(), names, codecs, subscriptions, schemas);
        this.dispatcher = new Dispatcher(
                settings,
                recorder,
                new Renderer(clients.registry()),
                clients.http(),
                clients.names(),
                mailbox,
                schemas,
                stats,
                random);
        this.sealer = new Sealer(settings, names, codecs, outbox, recorder, committer, stats);
        WorkRecords records = new WorkRecords(names, codecs, schemas);
        this.recall = new Recall(clients.recall(), settings, new RecalledWorks(records, recorder, dispatcher), stats);
        this.ownership = new Ownership(
                names, group, reader, recall, new Takeover(clients.admin(), names), mailbox, outbox, subscriptions);
        this.intake = new Intake(settings, names, records, recorder, dispatcher, ownership::heldBytes);
        this.expiry = new Expiry(recorder);
        this.live = new LiveReader(group, mailbox, ownership);
        this.throttle = new Throttle(settings.heldBytesMax(), ownership, intake, live, reader);
        this.http = clients.http();
        this.stats = stats;
        this.thread = new Thread(this::run, settings.name());
    }

    public void start() {
        committer.start();
        thread.start();
    }

    /** What ended the loop, or null while it runs and after it was closed. */
    public @Nullable Throwable failure() {
        return failure;
    }

    public boolean isAlive() {
        return ended.getCount() > 0;
    }

    /** Stops beginning attempts, waits for those under way as long as the settings say, writes their outcomes, leaves the group. */
    @Override
    public void close() {
        mailbox.put(new Signal.Stop());
        try {
            if (!ended.await(settings.drainMs() + 2 * FLUSH_MS_MAX, TimeUnit.MILLISECONDS)) {
                LOG.warn("loop did not end in time: {}", settings.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            group.subscribe(List.of(names.deliveries()), new Rebalances());
            while (!isStopping) {
                step(false);
                if (pace.isDue()) {
                    live.read(waitMs(clock.millis()));
                    pace.read();
                } else {
                    mailbox.await(pace.dueInNanos());
                }
            }
            windUp();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.error("loop failed: {}", settings.name(), e);
        } finally {
            try {
                closeQuietly(committer);
                closeQuietly(group);
                closeQuietly(clients.side());
                closeQuietly(clients.recall());
            } finally {
                ended.countDown();
            }
        }
    }

    private void closeQuietly(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            LOG.warn("not closed cleanly: {}: {}", settings.name(), e.toString());
        }
    }

    /** Everything but reading deliveries: what happened elsewhere, what is due, what can start, what can be written. */
    private void step(boolean isUrgent) {
        long startedNanos = System.nanoTime();
        act(isUrgent);
        stats.longestTurnUs().accumulate(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos));
    }

    private void act(boolean isUrgent) {
        if (!committer.isRunning() || !http.isRunning()) {
            throw new IllegalStateException("A thread that the loop needs has ended; another loop takes its place.");
        }
        noticePause();
        mailbox.drain(this::on);
        long nowMs = clock.millis();
        if (pace.isDue()) {
            reader.poll();
        }
        ownership.activateRestored();
        if (!sealer.isFull(ownership.partitions())) {
            for (Partition partition : ownership.partitions()) {
                if (partition.isActive()) {
                    intake.run(partition, nowMs);
                }
            }
            recall.run(ownership.partitions(), throttle.hasRoom(), nowMs);
            dispatcher.run(nowMs);
        }
        expiry.run(ownership.partitions(), nowMs);
        sealer.run(ownership.partitions(), group.groupMetadata(), isUrgent, nowMs);
        throttle.run(nowMs);
    }

    /**
     * A process that was stopped for longer than its session does not know yet that its partitions are others' now. Before it sends anything more
     * for them it asks Kafka, as if it had just been given them; while it asks, the group's consumer learns the truth.
     */
    private void noticePause() {
        long nowMs = Uptime.ms();
        if (nowMs - turnMs > SESSION_MS) {
            LOG.warn("stood still for {} ms, partitions are taken over anew: {}", nowMs - turnMs, settings.name());
            ownership.takeOverAnew();
        }
        turnMs = nowMs;
    }

    private void on(Signal signal) {
        long nowMs = clock.millis();
        if (signal instanceof Signal.Answered answered) {
            dispatcher.landed(answered, nowMs);
        } else if (signal instanceof Signal.BatchEnded batch) {
            if (!sealer.ended(batch.result(), ownership, nowMs)) {
                ownership.takeOverAnew();
            }
        } else if (signal instanceof Signal.OffsetsFound found) {
            ownership.found(found.partition(), found.offsets());
        } else if (signal instanceof Signal.OffsetsNotFound notFound) {
            ownership.notFound(notFound.partition(), notFound.cause());
        } else if (signal instanceof Signal.NameSettled settled) {
            dispatcher.nameSettled(settled.target());
        } else if (signal instanceof Signal.Stop) {
            isStopping = true;
        }
    }

    /** How long the loop may sleep. */
    private long waitMs(long nowMs) {
        long wait = recall.isReading() || dispatcher.isBehind() ? AT_WORK_MS_MAX : IDLE_MS_MAX;
        wait = Math.min(wait, sealer.sealsInMs());
        for (Partition partition : ownership.partitions()) {
            if (partition.phase() == Partition.Phase.RESTORING || partition.awaitsSubscriptions()) {
                wait = Math.min(wait, BUSY_MS_MAX);
            }
            if (partition.isActive() && !sealer.isFull(ownership.partitions())) {
                wait = Math.min(wait, intake.nextDue(partition, nowMs) - nowMs);
            }
        }
        return Math.max(0, wait);
    }

    /** Ends attempts under way and writes what they came to. */
    private void windUp() {
        drain(List.copyOf(ownership.partitions()));
        for (Partition partition : List.copyOf(ownership.partitions())) {
            ownership.release(partition);
        }
    }

    /**
     * Begins no more attempts of these partitions, waits for those under way, and for everything decided to be written; meanwhile the others
     * go on. The group is not polled, it may be in the middle of a rebalance.
     */
    private void drain(Collection<Partition> leaving) {
        leaving.forEach(partition -> partition.phase(Partition.Phase.DRAINING));
        stepUntil(settings.drainMs(), false, () -> leaving.stream().allMatch(partition -> partition.inFlight() == 0));
        stepUntil(
                FLUSH_MS_MAX,
                true,
                () -> leaving.stream()
                        .allMatch(partition -> !ownership.isOwned(partition) || sealer.hasWritten(partition)));
    }

    private void stepUntil(long atMostMs, boolean isUrgent, BooleanSupplier isDone) {
        long untilMs = Uptime.ms() + atMostMs;
        while (!isDone.getAsBoolean() && Uptime.ms() < untilMs) {
            step(isUrgent);
            mailbox.await(TimeUnit.MILLISECONDS.toNanos(BUSY_MS_MAX));
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            ownership.assigned(assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            List<Partition> leaving = owned(revoked);
            if (failure == null && !leaving.isEmpty()) {
                drain(leaving);
            }
            leaving.forEach(ownership::release);
            LOG.info("partitions let go: {}", revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            owned(lost).forEach(ownership::release);
            LOG.warn("partitions lost: {}", lost);
        }

        private List<Partition> owned(Collection<TopicPartition> topicPartitions) {
            return ownership.partitions().stream()
                    .filter(partition ->
                            topicPartitions.contains(new TopicPartition(names.deliveries(), partition.number())))
                    .toList();
        }
    }
}
