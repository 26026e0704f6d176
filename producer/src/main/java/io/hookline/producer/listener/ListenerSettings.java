package io.hookline.producer.listener;

import io.hookline.producer.ProducerSettings;
import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of {@link Listeners}: those declared here, and those of {@link ProducerSettings}, of Kafka and of the schema registry. */
public final class ListenerSettings {
    /** Name of the service: its instances share the events, other services get their own. */
    public static final String SERVICE = "listener.service";
    /** How many events to handle at once in this process. */
    public static final String THREADS = "listener.threads";
    /** How often a handler is called for an event before it counts as failed. */
    public static final String ATTEMPTS = "listener.attempts";
    /** Wait after the first failure. */
    public static final String BACKOFF_MS = "listener.backoff.ms";
    /** Longest wait between attempts. */
    public static final String BACKOFF_MS_MAX = "listener.backoff.max.ms";
    /** What to do when a handler has failed for good: {@code halt}, {@code publish-error} or {@code skip}. */
    public static final String ON_EXHAUSTED = "listener.on.exhausted";
    /** What to do with an event that never gets to its handler: {@code halt} or {@code skip}. */
    public static final String ON_UNUSABLE = "listener.on.unusable";
    /** Longest chain of events that is followed. */
    public static final String DEPTH_MAX = "listener.chain.depth.max";

    /** What comes after the topic prefix and before the service in the name of the consumer group. */
    static final String GROUP = "hookline.listener.";

    private static final String OWN = "listener.";
    private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final Settings settings;
    private final Map<Object, Object> given;

    private ListenerSettings(Settings settings, Map<Object, Object> given) {
        this.settings = settings;
        this.given = given;
    }

    /** The settings declared here and those of the producer, with defaults and documentation. */
    public static ConfigDef definition() {
        return ProducerSettings.definition()
                .define(
                        SERVICE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "Name of the service: its instances share the events, every other service gets all of them too. Required.")
                .define(
                        THREADS,
                        ConfigDef.Type.INT,
                        1,
                        Range.between(1, 64),
                        Importance.MEDIUM,
                        "How many events are handled at once in this process, at most one of a partition.")
                .define(
                        ATTEMPTS,
                        ConfigDef.Type.INT,
                        5,
                        Range.between(1, 1000),
                        Importance.MEDIUM,
                        "How often a handler is called for an event before it counts as failed.")
                .define(
                        BACKOFF_MS,
                        ConfigDef.Type.LONG,
                        500L,
                        Range.between(1, 3_600_000),
                        Importance.LOW,
                        "Wait after a handler's first failure, in ms; doubled after each further one. Other partitions go on meanwhile.")
                .define(
                        BACKOFF_MS_MAX,
                        ConfigDef.Type.LONG,
                        30_000L,
                        Range.between(1, 3_600_000),
                        Importance.LOW,
                        "Longest wait between attempts, in ms.")
                .define(
                        ON_EXHAUSTED,
                        ConfigDef.Type.STRING,
                        "halt",
                        ValidString.in("halt", "publish-error", "skip"),
                        Importance.MEDIUM,
                        "What happens when a handler has failed for good. halt: the listener stops before that event."
                                + " publish-error: a result that says so is published, and it goes on. skip: it goes on.")
                .define(
                        ON_UNUSABLE,
                        ConfigDef.Type.STRING,
                        "halt",
                        ValidString.in("halt", "skip"),
                        Importance.MEDIUM,
                        "What happens with an event that cannot be decoded. halt: the listener stops before it. skip: it goes on.")
                .define(
                        DEPTH_MAX,
                        ConfigDef.Type.INT,
                        16,
                        Range.between(0, 1000),
                        Importance.LOW,
                        "Longest chain of events, each caused by the one before, that is followed; a longer one is unusable.");
    }

    /** @throws InvalidSettingsException listing every problem */
    static ListenerSettings of(Map<?, ?> given) {
        Map<Object, Object> copy = new HashMap<>(given);
        Map<Object, Object> parsed = new HashMap<>(copy);
        parsed.keySet().removeIf(key -> String.valueOf(key).startsWith(ProducerSettings.SERIALIZER));
        Settings settings = Settings.parse(definition(), parsed);
        List<String> problems = new ArrayList<>();
        String service = settings.text(SERVICE);
        if (!SERVICE_NAME.matcher(service).matches()) {
            problems.add(
                    SERVICE + " '" + service + "' is not usable: name the service with 1 to 100 of A-Z a-z 0-9 . _ -");
        }
        problems.addAll(ListenerClients.problems(settings));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        copy.keySet().removeIf(key -> String.valueOf(key).startsWith(OWN));
        copy.putIfAbsent(ProducerSettings.SOURCE, "/services/" + service);
        return new ListenerSettings(settings, Map.copyOf(copy));
    }

    String service() {
        return settings.text(SERVICE);
    }

    TopicNames names() {
        return new TopicNames(settings.text(ProducerSettings.TOPIC_PREFIX));
    }

    /** Consumer group, and prefix of the transactional ids. */
    String group() {
        return names().prefix() + GROUP + service();
    }

    int threads() {
        return settings.integer(THREADS);
    }

    int attempts() {
        return settings.integer(ATTEMPTS);
    }

    Backoff backoff() {
        return new Backoff(
                Duration.ofMillis(settings.number(BACKOFF_MS)), Duration.ofMillis(settings.number(BACKOFF_MS_MAX)));
    }

    boolean haltsOnUnusable() {
        return settings.text(ON_UNUSABLE).equals("halt");
    }

    OnExhausted onExhausted() {
        return OnExhausted.of(settings.text(ON_EXHAUSTED));
    }

    int depthMax() {
        return settings.integer(DEPTH_MAX);
    }

    boolean hasRegistry() {
        return settings.registry().containsKey(RegistrySettings.URL);
    }

    Map<String, String> registry() {
        return settings.registry();
    }

    /** Settings for an {@code EventProducer}. */
    Map<Object, Object> producer() {
        return given;
    }

    /** Settings for the consumer of one thread. */
    Map<String, Object> consumer(int thread) {
        return ListenerClients.consumer(settings, group(), threads() > 1 ? "-" + thread : "");
    }

    /** Settings for the transactional producer of one session; {@code unique} is different for each. */
    Map<Object, Object> transactionalProducer(String unique) {
        return ListenerClients.transactionalProducer(given, group() + "-" + unique);
    }
}
