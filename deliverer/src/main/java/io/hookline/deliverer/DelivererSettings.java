package io.hookline.deliverer;

import io.hookline.deliverer.endpoint.BreakerPolicy;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.endpoint.PlatformDefaults;
import io.hookline.deliverer.http.HttpSettings;
import io.hookline.deliverer.loop.LoopSettings;
import io.hookline.deliverer.reach.EgressProxy;
import io.hookline.deliverer.reach.Reach;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.topic.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a deliverer, each declared once. Kafka client settings and the registry's are passed through (see {@link Settings}).
 */
public final class DelivererSettings {
    static final String PREFIX = "topics.prefix";
    static final String INSTANCE = "deliverer.instance.id";
    static final String LOOPS = "deliverer.loops";
    static final String COMMIT_INTERVAL = "deliverer.commit.interval.ms";
    static final String DRAIN = "deliverer.drain.ms";
    static final String IN_FLIGHT = "deliverer.in.flight.max";
    static final String ENDPOINT_IN_FLIGHT = "deliverer.endpoint.in.flight.max";
    static final String ENDPOINT_QUEUE = "deliverer.endpoint.queue.max";
    static final String PARTITION_WORKS = "deliverer.partition.deliveries.max";
    static final String HELD_BYTES = "deliverer.held.bytes.max";
    static final String SCHEDULE = "deliverer.retry.schedule";
    static final String MAX_AGE = "deliverer.max.age.ms";
    static final String TIMEOUT = "deliverer.timeout.ms";
    static final String BREAKER_RATIO = "deliverer.breaker.failure.ratio";
    static final String BREAKER_ATTEMPTS = "deliverer.breaker.attempts.min";
    static final String DISABLE_AFTER = "deliverer.disable.after.ms";
    static final String CONNECT_TIMEOUT = "deliverer.connect.timeout.ms";
    static final String CONNECTIONS = "deliverer.connections.max";
    static final String CONNECTION_TTL = "deliverer.connection.ttl.ms";

    private static final int TIMEOUT_MS_MAX = 120_000;
    private static final long DAY_MS = 24 * 60 * 60 * 1000L;

    private static final ConfigDef DEFINITION = SecretSettings.define(
            new ConfigDef()
                    .define(
                            PREFIX,
                            ConfigDef.Type.STRING,
                            "",
                            Importance.MEDIUM,
                            "Put before the name of every topic, group and transactional id.")
                    .define(
                            INSTANCE,
                            ConfigDef.Type.STRING,
                            "",
                            Importance.MEDIUM,
                            "Name of this instance, unique among deliverers; it makes the transactional ids, so that a restart under the same name ends what the last run left open. Empty: a random one.")
                    .define(
                            LOOPS,
                            ConfigDef.Type.INT,
                            1,
                            Range.between(1, 64),
                            Importance.HIGH,
                            "Loops in this process, each a member of the group with its own connections. One loop uses about one core.")
                    .define(
                            COMMIT_INTERVAL,
                            ConfigDef.Type.LONG,
                            200L,
                            Range.between(10, 10_000),
                            Importance.MEDIUM,
                            "Time between two transactions, in milliseconds: what was sent since the last one may be sent again after a crash.")
                    .define(
                            DRAIN,
                            ConfigDef.Type.LONG,
                            2_000L,
                            Range.between(0, 60_000),
                            Importance.MEDIUM,
                            "How long attempts under way are waited for when a partition moves or the process stops, in milliseconds.")
                    .define(
                            IN_FLIGHT,
                            ConfigDef.Type.INT,
                            2_000,
                            Range.between(1, 100_000),
                            Importance.HIGH,
                            "Attempts under way at once, each loop.")
                    .define(
                            ENDPOINT_IN_FLIGHT,
                            ConfigDef.Type.INT,
                            64,
                            Range.between(1, 100_000),
                            Importance.HIGH,
                            "Attempts under way at once for one subscription that does not set maxInFlight.")
                    .define(
                            ENDPOINT_QUEUE,
                            ConfigDef.Type.INT,
                            1_000,
                            Range.between(1, 1_000_000),
                            Importance.MEDIUM,
                            "Deliveries that may wait in memory for one subscription.")
                    .define(
                            PARTITION_WORKS,
                            ConfigDef.Type.INT,
                            4_000,
                            Range.between(1, 1_000_000),
                            Importance.MEDIUM,
                            "Deliveries of one partition in memory: three quarters for first attempts, a quarter more for each of retries and replays.")
                    .define(
                            HELD_BYTES,
                            ConfigDef.Type.LONG,
                            64L << 20,
                            Range.atLeast(1 << 20),
                            Importance.MEDIUM,
                            "Bytes of events in memory before reading stops, each loop.")
                    .define(
                            SCHEDULE,
                            ConfigDef.Type.STRING,
                            "5s 5m 30m 2h 5h 10h 10h jitter 20%",
                            DelivererSettings::checkSchedule,
                            Importance.HIGH,
                            "Waits between the attempts of a delivery, for subscriptions that do not set retrySchedule.")
                    .define(
                            MAX_AGE,
                            ConfigDef.Type.LONG,
                            5 * DAY_MS,
                            Range.between(1_000, 365 * DAY_MS),
                            Importance.MEDIUM,
                            "Age of an event after which it is dead-lettered instead of tried, in milliseconds, for subscriptions that do not set maxAge.")
                    .define(
                            TIMEOUT,
                            ConfigDef.Type.INT,
                            15_000,
                            Range.between(100, TIMEOUT_MS_MAX),
                            Importance.HIGH,
                            "Total time of one attempt, in milliseconds, for subscriptions that do not set timeout.")
                    .define(
                            BREAKER_RATIO,
                            ConfigDef.Type.DOUBLE,
                            0.5,
                            Range.between(0.01, 1),
                            Importance.MEDIUM,
                            "Share of the attempts of the last 30 s that have to fail for an endpoint not to be tried for a while, for subscriptions that do not set breaker.")
                    .define(
                            BREAKER_ATTEMPTS,
                            ConfigDef.Type.INT,
                            20,
                            Range.between(1, 1_000_000),
                            Importance.MEDIUM,
                            "Attempts of the last 30 s before their failures count, for subscriptions that do not set breaker.")
                    .define(
                            DISABLE_AFTER,
                            ConfigDef.Type.LONG,
                            5 * DAY_MS,
                            Range.between(1_000, 365 * DAY_MS),
                            Importance.MEDIUM,
                            "How long an endpoint may fail without one success before it is disabled, in milliseconds.")
                    .define(
                            CONNECT_TIMEOUT,
                            ConfigDef.Type.INT,
                            5_000,
                            Range.between(10, TIMEOUT_MS_MAX),
                            Importance.MEDIUM,
                            "Until a connection to an endpoint stands, in milliseconds.")
                    .define(
                            CONNECTIONS,
                            ConfigDef.Type.INT,
                            10_000,
                            Range.between(1, 100_000),
                            Importance.MEDIUM,
                            "Open connections to endpoints, each loop.")
                    .define(
                            CONNECTION_TTL,
                            ConfigDef.Type.LONG,
                            60_000L,
                            Range.between(1_000, DAY_MS),
                            Importance.LOW,
                            "How long a connection is used at most, in milliseconds: a name may have moved.")
                    .define(
                            EgressProxy.SETTING,
                            ConfigDef.Type.STRING,
                            "",
                            DelivererSettings::checkProxy,
                            Importance.MEDIUM,
                            "HTTP proxy through which endpoints are called, such as http://proxy.internal:3128: it looks up their names and decides which addresses may be connected to. Empty: none.")
                    .define(
                            Reach.SCHEMES,
                            ConfigDef.Type.LIST,
                            "https",
                            (name, value) -> check(name, value, items -> Reach.of(items, List.of(), List.of())),
                            Importance.HIGH,
                            "Schemes that endpoints may have: https, http or both. Plain http can be read on the way.")
                    .define(
                            Reach.PORTS,
                            ConfigDef.Type.LIST,
                            "443,8443",
                            (name, value) -> check(name, value, items -> Reach.of(List.of(), items, List.of())),
                            Importance.HIGH,
                            "Ports that endpoints may have: numbers and ranges such as 8000-8999.")
                    .define(
                            Reach.NETWORKS,
                            ConfigDef.Type.LIST,
                            "",
                            (name, value) -> check(name, value, items -> Reach.of(List.of(), List.of(), items)),
                            Importance.HIGH,
                            "Networks that endpoints may be in besides public addresses, such as 10.0.0.0/8,fd00::/8 for a private deployment. A cloud's metadata service only where its very address is listed (/32 or /128)."));

    private final Settings settings;
    private final String instance;
    private final Secrets secrets;

    private DelivererSettings(Settings settings) {
        this.settings = settings;
        String given = settings.text(INSTANCE);
        this.instance = given.isEmpty() ? UUID.randomUUID().toString().substring(0, 8) : given;
        this.secrets = new Secrets(SecretSettings.keyset(
                settings.text(SecretSettings.KEYSET_FILE), settings.text(SecretSettings.WRAPPING_KEY)));
    }

    /** Every setting of a deliverer with its default, check and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /**
     * Reads the files that settings name, too.
     *
     * @throws io.hookline.schemas.config.InvalidSettingsException listing everything that is wrong
     * @throws ConfigException where the keyset cannot be used
     */
    public static DelivererSettings parse(Map<String, String> given) {
        return new DelivererSettings(Settings.parse(DEFINITION, given));
    }

    /** The settings in effect, secrets masked. */
    public Map<String, String> effective() {
        return settings.effective();
    }

    /** This instance's name. */
    public String instance() {
        return instance;
    }

    TopicNames names() {
        return new TopicNames(settings.text(PREFIX));
    }

    /** Opens what is encrypted in subscriptions. */
    Secrets secrets() {
        return secrets;
    }

    int loops() {
        return settings.integer(LOOPS);
    }

    Map<String, String> registry() {
        return settings.registry();
    }

    PlatformDefaults defaults() {
        return new PlatformDefaults(
                RetrySchedule.parse(settings.text(SCHEDULE)),
                settings.number(MAX_AGE),
                settings.integer(TIMEOUT),
                settings.integer(ENDPOINT_IN_FLIGHT),
                new BreakerPolicy(true, settings.fraction(BREAKER_RATIO), settings.integer(BREAKER_ATTEMPTS)));
    }

    LoopSettings loop(int number) {
        return new LoopSettings(
                loopName(number),
                defaults(),
                secrets,
                settings.integer(IN_FLIGHT),
                settings.integer(ENDPOINT_QUEUE),
                settings.integer(PARTITION_WORKS),
                settings.number(HELD_BYTES),
                settings.number(COMMIT_INTERVAL),
                settings.number(DRAIN),
                settings.number(DISABLE_AFTER));
    }

    HttpSettings http() {
        return http(reach());
    }

    HttpSettings http(Reach reach) {
        return new HttpSettings(
                reach,
                proxy(),
                "Hookline/" + Version.current(),
                settings.integer(CONNECT_TIMEOUT),
                settings.integer(CONNECTIONS),
                settings.integer(CONNECTIONS),
                settings.number(CONNECTION_TTL),
                2 * Endpoint.TIMEOUT_MS_MAX);
    }

    Map<String, Object> admin() {
        return settings.client(Settings.ADMIN);
    }

    /** What the Kafka clients of a loop are made with. */
    LoopClients clients(int number) {
        String group = names().delivererGroup();
        return new LoopClients(settings, group, loopName(number), group + "-" + instance + "-" + number);
    }

    private String loopName(int number) {
        return "hookline-deliverer-" + instance + "-" + number;
    }

    /** Where endpoints may be. */
    Reach reach() {
        return Reach.of(settings.list(Reach.SCHEMES), settings.list(Reach.PORTS), settings.list(Reach.NETWORKS));
    }

    /** Through which endpoints are called; null: none. */
    @Nullable
    EgressProxy proxy() {
        String given = settings.text(EgressProxy.SETTING);
        return given.isEmpty() ? null : EgressProxy.parse(given);
    }

    private static void checkProxy(String name, Object value) {
        try {
            if (!String.valueOf(value).isEmpty()) {
                EgressProxy.parse(String.valueOf(value));
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException("Setting '" + name + "' is not usable: " + e.getMessage());
        }
    }

    private static void check(String name, Object value, Consumer<List<String>> reader) {
        try {
            reader.accept(((List<?>) value).stream().map(String::valueOf).toList());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static void checkSchedule(String name, Object value) {
        try {
            RetrySchedule.parse(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }
}
