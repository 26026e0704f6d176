package io.hookline.producer;

import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link EventProducer}: those declared here, Kafka's own and the schema registry client's (see {@link Settings}), those of
 * Confluent's Avro serializer by their bare names, and {@code serializer.NAME} for a setting NAME of another {@code value.serializer}.
 */
public final class ProducerSettings {
    /** CloudEvents source of the events: which service emits. */
    public static final String SOURCE = "event.source";
    /** Put before every topic name. */
    public static final String TOPIC_PREFIX = "topics.prefix";
    /** Whether to create the topic of an event type that has none: {@code auto}, {@code true}, {@code false}. */
    public static final String CREATE_TOPICS = "producer.create.topics";
    /** Partitions of topics created so. */
    public static final String CREATE_TOPICS_PARTITIONS = "producer.create.topics.partitions";
    /** Whether Kafka settings are accepted with which events can be lost, doubled or reordered. */
    public static final String ALLOW_WEAKER = "producer.allow.weaker.guarantees";
    /** Before a setting that only the {@code value.serializer} knows. */
    public static final String SERIALIZER = "serializer.";

    private static final int AS_INSTALLATION = -1;
    private static final int PARTITIONS_MAX = 10_000;

    private final Settings settings;
    private final Map<String, Object> kafka;
    private final Map<String, Object> serializer;

    private ProducerSettings(Settings settings, Map<String, Object> kafka, Map<String, Object> serializer) {
        this.settings = settings;
        this.kafka = Map.copyOf(kafka);
        this.serializer = Map.copyOf(serializer);
    }

    /** The settings declared here, with defaults and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        SOURCE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "Which service emits, as a URI reference such as /services/shop: the CloudEvents source."
                                + " Required; of a listener, by default, /services/ and its service.")
                .define(
                        TOPIC_PREFIX,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Put before every topic name, so that several installations can share a cluster.")
                .define(
                        CREATE_TOPICS,
                        ConfigDef.Type.STRING,
                        "auto",
                        ValidString.in("auto", "true", "false"),
                        Importance.MEDIUM,
                        "Whether the topic of an event type that has none is created, with the settings of the topic catalogue."
                                + " auto: only where every bootstrap server is this machine (localhost, 127.0.0.1, [::1]).")
                .define(
                        CREATE_TOPICS_PARTITIONS,
                        ConfigDef.Type.INT,
                        AS_INSTALLATION,
                        ProducerSettings::checkPartitions,
                        Importance.LOW,
                        "Number of partitions of topics created so, 1 to " + PARTITIONS_MAX
                                + "; -1: as many as topic subscriptions"
                                + " has, which is what the installation was made with, or "
                                + TopicCatalogue.DEFAULT_PARTITIONS + " where there is none.")
                .define(
                        ALLOW_WEAKER,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether Kafka settings are accepted with which events can be lost, doubled or reordered, such as acks=1.");
    }

    /**
     * Sorts and checks what was given. Values may be of any class that Kafka's own clients take.
     *
     * @throws InvalidSettingsException listing every problem
     */
    static ProducerSettings of(Map<?, ?> given) {
        Map<Object, Object> known = new HashMap<>(given);
        Map<String, Object> serializer = new HashMap<>();
        given.forEach((key, value) -> {
            if (String.valueOf(key).startsWith(SERIALIZER)) {
                serializer.put(String.valueOf(key).substring(SERIALIZER.length()), String.valueOf(known.remove(key)));
            }
        });
        Settings settings = Settings.parse(definition(), known);
        List<String> problems = new ArrayList<>();
        checkOwn(settings, problems);
        Map<String, Object> kafka = KafkaSettings.producer(settings, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        serializer.putAll(settings.registry());
        return new ProducerSettings(settings, kafka, serializer);
    }

    /** As {@code ConfigDef} wants a validator. */
    private static void checkPartitions(String name, @Nullable Object value) {
        if (value instanceof Integer partitions
                && partitions != AS_INSTALLATION
                && (partitions < 1 || partitions > PARTITIONS_MAX)) {
            throw new ConfigException(
                    name, value, "choose 1 to " + PARTITIONS_MAX + ", or -1: as the installation has");
        }
    }

    private static void checkOwn(Settings settings, List<String> problems) {
        String source = settings.text(SOURCE);
        if (source.isBlank()) {
            problems.add(SOURCE + " is missing: say which service emits, such as " + SOURCE + "=/services/shop.");
        } else if (!HeaderRules.isSource(source)) {
            problems.add(SOURCE + " '" + source + "' is not a URI reference: write it like /services/shop.");
        }
        try {
            new TopicNames(settings.text(TOPIC_PREFIX));
        } catch (IllegalArgumentException e) {
            problems.add(TOPIC_PREFIX + ": " + e.getMessage());
        }
    }

    String source() {
        return settings.text(SOURCE);
    }

    TopicNames names() {
        return new TopicNames(settings.text(TOPIC_PREFIX));
    }

    boolean createsTopics() {
        String choice = settings.text(CREATE_TOPICS);
        return choice.equals("auto") ? KafkaSettings.isThisMachine(bootstrapServers()) : choice.equals("true");
    }

    /** Empty: as many as the installation has. */
    OptionalInt createdPartitions() {
        int partitions = settings.integer(CREATE_TOPICS_PARTITIONS);
        return partitions == AS_INSTALLATION ? OptionalInt.empty() : OptionalInt.of(partitions);
    }

    String bootstrapServers() {
        return String.valueOf(kafka.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** For {@code KafkaProducer}. */
    Map<String, Object> kafka() {
        return kafka;
    }

    /** For Kafka's admin client. */
    Map<String, Object> admin() {
        return KafkaSettings.admin(settings);
    }

    /** Class name of the {@code value.serializer}, if one was chosen. */
    Optional<String> serializerClass() {
        return Optional.ofNullable(settings.client(Settings.PRODUCER).get(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG))
                .map(String::valueOf);
    }

    /** For the {@code value.serializer}: its own settings, the registry's and Kafka's. */
    Map<String, Object> serializer() {
        Map<String, Object> all = new HashMap<>(kafka);
        all.putAll(serializer);
        return all;
    }

    boolean hasRegistry() {
        return serializer.containsKey(RegistrySettings.URL);
    }
}
