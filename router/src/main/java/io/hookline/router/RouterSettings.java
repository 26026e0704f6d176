package io.hookline.router;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.hookline.router.route.TenantSource;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.topic.TopicNames;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a router. Settings of Kafka's clients and of the schema registry client are passed through (see {@link Settings}),
 * except those on which the router's promises stand.
 */
public final class RouterSettings {
    /** Before the name of every topic and group. */
    public static final String TOPICS_PREFIX = "topics.prefix";

    public static final String INSTANCE_ID = "router.instance.id";
    public static final String THREADS = "router.threads";
    public static final String TENANT_FROM = "router.tenant.from";
    public static final String PROCESSING_GUARANTEE = "router.processing.guarantee";
    public static final String COMMIT_INTERVAL_MS = "router.commit.interval.ms";
    public static final String TRANSACTION_TIMEOUT_MS = "router.transaction.timeout.ms";
    public static final String METADATA_REFRESH_MS = "router.metadata.refresh.ms";
    public static final String SESSION_TIMEOUT_MS = "router.session.timeout.ms";
    public static final String BEAT_INTERVAL_MS = "router.beat.interval.ms";

    public static final String EXACTLY_ONCE = "exactly_once_v2";
    public static final String AT_LEAST_ONCE = "at_least_once";

    private static final int MINUTE_MS = 60_000;

    private final Settings settings;
    private final TopicNames names;

    private RouterSettings(Settings settings) {
        this.settings = settings;
        this.names = new TopicNames(settings.text(TOPICS_PREFIX));
    }

    /**
     * @param given text, or values as Kafka's clients take them
     * @throws io.hookline.schemas.config.InvalidSettingsException listing every unknown key and every value that is not usable
     */
    public static RouterSettings parse(Map<String, ?> given) {
        return new RouterSettings(Settings.parse(definition(), given));
    }

    /** Every setting of the router's own, with its default and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(TOPICS_PREFIX, ConfigDef.Type.STRING, "", RouterSettings::checkPrefix, MEDIUM, """
                        Put before the name of every topic and group; lets several installations share a cluster.""")
                .define(INSTANCE_ID, ConfigDef.Type.STRING, "", RouterSettings::checkId, HIGH, """
                        A name that no other running router has and that this one keeps over restarts, such as the name of the pod. \
                        With it a restarted router takes its partitions over at once, and ends what it had not committed. \
                        Empty: a new random name at each start; after a crash the group then waits for the session timeout.""")
                .define(THREADS, ConfigDef.Type.INT, 1, Range.between(1, 64), MEDIUM, """
                        Stream threads. More than there are partitions in the largest event topic are idle.""")
                .define(
                        TENANT_FROM,
                        ConfigDef.Type.STRING,
                        TenantSource.HEADER.label(),
                        ValidString.in(TenantSource.HEADER.label(), TenantSource.TOPIC.label()),
                        MEDIUM,
                        """
                        From where it is known whose an event is. header: ce_tenant is believed, so only trusted services may write to event topics. \
                        topic: topics are named events.TENANT.TYPE, and an event whose ce_tenant says otherwise goes to pipeline.dead. The same in all \
                        routers.""")
                .define(
                        PROCESSING_GUARANTEE,
                        ConfigDef.Type.STRING,
                        EXACTLY_ONCE,
                        ValidString.in(EXACTLY_ONCE, AT_LEAST_ONCE),
                        MEDIUM,
                        """
                        exactly_once_v2: each event becomes exactly one delivery per matching subscription. at_least_once: faster to be \
                        seen, but a crash repeats the deliveries of the last moments, with the same webhook-id.""")
                .define(COMMIT_INTERVAL_MS, ConfigDef.Type.INT, 10, Range.between(1, MINUTE_MS), MEDIUM, """
                        How long routed events wait to be committed together, in milliseconds. Nobody sees a delivery before that.""")
                .define(
                        TRANSACTION_TIMEOUT_MS,
                        ConfigDef.Type.INT,
                        10_000,
                        Range.between(1_000, 15 * MINUTE_MS),
                        LOW,
                        """
                        After how long the cluster gives up a transaction of a router that died, in milliseconds. Until then every \
                        reader of its partitions waits, unless the router restarts with the same router.instance.id.""")
                .define(METADATA_REFRESH_MS, ConfigDef.Type.INT, 1_000, Range.between(100, 5 * MINUTE_MS), LOW, """
                        How often new event topics, and new partitions of known ones, are looked for, in milliseconds: the first event \
                        of a new type waits so long. Each stream thread asks for the names of all topics, so a cluster with tens of \
                        thousands of partitions may want it longer.""")
                .define(SESSION_TIMEOUT_MS, ConfigDef.Type.INT, 10_000, Range.between(1_000, 5 * MINUTE_MS), LOW, """
                        After how long without a sign of life a router's partitions go to others, in milliseconds. The cluster's \
                        group.min.session.timeout.ms is the least possible.""")
                .define(BEAT_INTERVAL_MS, ConfigDef.Type.INT, 3_000, Range.between(100, MINUTE_MS), LOW, """
                        How often the router says in topic instances that it lives, in milliseconds.""");
    }

    /** As {@code ConfigDef} wants a validator. */
    private static void checkPrefix(String name, Object value) {
        try {
            TopicNames ignored = new TopicNames(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static void checkId(String name, Object value) {
        if (!String.valueOf(value).matches("[A-Za-z0-9._-]{0,100}")) {
            throw new ConfigException(name, value, "at most 100 of A-Z a-z 0-9 . _ - are allowed");
        }
    }

    public TopicNames names() {
        return names;
    }

    TenantSource tenants() {
        return TenantSource.of(settings.text(TENANT_FROM));
    }

    /** As given; empty for a random one. */
    String instanceId() {
        return settings.text(INSTANCE_ID);
    }

    int integer(String key) {
        return settings.integer(key);
    }

    boolean exactlyOnce() {
        return settings.text(PROCESSING_GUARANTEE).equals(EXACTLY_ONCE);
    }

    /** What was given for one kind of Kafka client. */
    Map<String, Object> client(String prefix) {
        return settings.client(prefix);
    }

    /**
     * The settings of the Streams client of a router with that instance id: for a baseline that shall run as a router does.
     *
     * @param instanceId unique among the running routers
     */
    public Properties streams(String instanceId) {
        return StreamsSettings.of(this, instanceId, false);
    }

    Map<String, String> registry() {
        return settings.registry();
    }

    /** The router's own settings as text, defaults included; sorted by key. */
    public Map<String, String> effective() {
        return settings.effective();
    }
}
