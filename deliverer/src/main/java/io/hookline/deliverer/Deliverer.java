package io.hookline.deliverer;

import io.hookline.deliverer.http.EndpointClient;
import io.hookline.deliverer.http.NameResolver;
import io.hookline.deliverer.loop.Codecs;
import io.hookline.deliverer.loop.DelivererStats;
import io.hookline.deliverer.loop.Loop;
import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.Retention;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.SharedPartitions;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A deliverer: one or more loops in this process that share the partitions of deliveries with all other loops of the group, here and
 * elsewhere. A loop that fails is replaced; meanwhile the others, and other instances, have its partitions.
 *
 * <p>{@link #start} returns once the topics and the registry were found to be usable; deliveries begin when the group has given this
 * instance partitions. Usable from any thread.
 */
public final class Deliverer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final Duration TOPICS_WAIT = Duration.ofSeconds(30);
    private static final long RESTART_PAUSE_MS = 1_000;

    private final DelivererSettings settings;
    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final NameResolver resolver;
    private final Codecs codecs;
    private final int partitions;
    private final DelivererStats stats = new DelivererStats();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> keepers = new ArrayList<>();

    private Deliverer(DelivererSettings settings) {
        this.settings = settings;
        this.admin = Admin.create(settings.admin());
        this.registry = SchemaRegistryClient.create(settings.registry());
        this.resolver = new NameResolver(
                InetAddress::getAllByName, settings.reach(), settings.proxy(), System::currentTimeMillis);
        this.codecs = new Codecs(registry);
        try {
            this.partitions = SharedPartitions.find(admin, settings.names(), needed(settings.names()), TOPICS_WAIT);
            Retention.require(admin, waited(settings.names()), TopicCatalogue.DELIVERIES_KEPT, TOPICS_WAIT);
            codecs.prepare();
        } catch (RuntimeException e) {
            closeShared();
            throw e;
        }
    }

    /**
     * Starts a deliverer.
     *
     * @throws io.hookline.schemas.config.InvalidSettingsException where settings are not usable
     * @throws ConfigException where the keyset is not
     * @throws io.hookline.schemas.topic.UnusableTopicsException where topics are missing or do not agree
     * @throws KafkaException where Kafka cannot be reached
     * @throws RegistryException where the schema registry cannot be used
     */
    public static Deliverer start(Map<String, String> settings) {
        DelivererSettings parsed = DelivererSettings.parse(settings);
        checkKeyset(parsed.secrets());
        Deliverer deliverer = new Deliverer(parsed);
        for (int i = 0; i < deliverer.settings.loops(); i++) {
            int number = i;
            Thread keeper = new Thread(
                    () -> deliverer.keep(number), deliverer.settings.loop(i).name() + "-keeper");
            deliverer.keepers.add(keeper);
            keeper.start();
        }
        LOG.info(
                "deliverer started: instance={} loops={} partitions={}",
                deliverer.settings.instance(),
                deliverer.settings.loops(),
                deliverer.partitions);
        return deliverer;
    }

    private static void checkKeyset(Secrets secrets) {
        if (!secrets.isSealing()) {
            LOG.warn(
                    "no keyset is configured: secrets of subscriptions are stored in clear, and who may read their topic can sign; see setting {}",
                    SecretSettings.KEYSET_FILE);
        } else if (!secrets.canOpen()) {
            throw new ConfigException("The keyset that " + SecretSettings.KEYSET_FILE
                    + " names has public keys only: a deliverer needs the private one.");
        }
    }

    /** Counters since the start. */
    public DelivererStats stats() {
        return stats;
    }

    /** This instance's name. */
    public String instance() {
        return settings.instance();
    }

    /** Keeps one loop running until the deliverer is closed, whatever ends it. */
    private void keep(int number) {
        try {
            while (closing.getCount() > 0) {
                try {
                    runOnce(number);
                } catch (RuntimeException | Error e) {
                    LOG.error("loop {} of {} did not come up or down, another one is started", number, instance(), e);
                }
                closing.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce(int number) throws InterruptedException {
        try (EndpointClient http = new EndpointClient(settings.http(), resolver);
                Loop loop = loop(number, http)) {
            loop.start();
            while (loop.isAlive() && !closing.await(100, TimeUnit.MILLISECONDS)) {
                // The latch does the waiting.
            }
        }
    }

    private Loop loop(int number, EndpointClient http) {
        LoopClients clients = settings.clients(number);
        return new Loop(
                settings.loop(number),
                settings.names(),
                partitions,
                new Loop.Clients(
                        new KafkaConsumer<>(clients.groupConsumer()),
                        new KafkaConsumer<>(clients.sideConsumer()),
                        new KafkaConsumer<>(clients.recallConsumer()),
                        () -> new KafkaProducer<>(clients.producer()),
                        admin,
                        registry,
                        resolver,
                        http),
                codecs,
                stats,
                Clock.systemUTC(),
                RandomGenerator.getDefault());
    }

    /** Topics in which deliveries wait. */
    private static List<String> waited(TopicNames names) {
        List<String> waited = new ArrayList<>(List.of(names.deliveries(), names.deliveriesReplay()));
        for (RetryTier tier : RetryTier.values()) {
            waited.add(names.deliveriesRetry(tier));
        }
        return waited;
    }

    private static List<String> needed(TopicNames names) {
        List<String> needed = new ArrayList<>(List.of(
                names.subscriptions(),
                names.deliveries(),
                names.deliveriesReplay(),
                names.deliveriesDead(),
                names.pipelineDead(),
                names.attempts(),
                names.operations(),
                names.delivererState()));
        for (RetryTier tier : RetryTier.values()) {
            needed.add(names.deliveriesRetry(tier));
        }
        return needed;
    }

    /**
     * Begins no more attempts, waits for those under way as long as {@code deliverer.drain.ms}, writes what they came to and leaves the
     * group.
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            for (Thread keeper : keepers) {
                keeper.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeShared();
    }

    private void closeShared() {
        resolver.close();
        registry.close();
        admin.close(Duration.ofSeconds(5));
    }
}
