package io.hookline.schemas.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of one service. A key is one of three things:
 *
 * <ul>
 *   <li>a setting of the service, declared in its {@link ConfigDef};
 *   <li>a setting of Kafka's clients ({@code bootstrap.servers}, {@code sasl.jaas.config} and so on), given to all clients, or with
 *       {@code consumer.}, {@code producer.}, {@code admin.} before it to clients of that kind;
 *   <li>a setting of the schema registry client or of the Avro serializer, by Confluent's names: {@code schema.registry.*}, {@code
 *       basic.auth.*}, {@code bearer.auth.*}, {@code auto.register.schemas} and so on.
 * </ul>
 *
 * Any other key is an error.
 */
public final class Settings {
    /** Before a key: for consumers only. */
    public static final String CONSUMER = "consumer.";
    /** Before a key: for producers only. */
    public static final String PRODUCER = "producer.";
    /** Before a key: for admin clients only. */
    public static final String ADMIN = "admin.";

    private static final Set<String> KAFKA = kafkaSettings();
    private static final List<String> CLIENT_PREFIXES = List.of(CONSUMER, PRODUCER, ADMIN);
    private static final List<String> REGISTRY_PREFIXES = List.of("schema.registry.", "basic.auth.", "bearer.auth.");
    private static final Set<String> SERDE = Set.of(
            "auto.register.schemas",
            "use.latest.version",
            "latest.compatibility.strict",
            "latest.cache.ttl.sec",
            "normalize.schemas",
            "key.subject.name.strategy",
            "value.subject.name.strategy",
            "specific.avro.reader",
            "avro.use.logical.type.converters",
            "http.connect.timeout.ms",
            "http.read.timeout.ms");

    private final AbstractConfig own;
    private final Map<String, String> clients;
    private final Map<String, String> registry;

    private Settings(AbstractConfig own, Map<String, String> clients, Map<String, String> registry) {
        this.own = own;
        this.clients = Map.copyOf(clients);
        this.registry = Map.copyOf(registry);
    }

    /**
     * Sorts and checks what was given.
     *
     * @param given values may be text or, as Kafka's clients take them, numbers, flags, lists, passwords and classes
     * @throws InvalidSettingsException listing every unknown key and every value that is not usable
     */
    public static Settings parse(ConfigDef definition, Map<?, ?> given) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> clients = new HashMap<>();
        Map<String, String> registry = new HashMap<>();
        List<String> problems = new ArrayList<>();
        texts(given, problems).forEach((key, value) -> {
            if (definition.names().contains(key)) {
                own.put(key, value);
            } else if (isClientSetting(key)) {
                clients.put(key, value);
            } else if (isRegistrySetting(key)) {
                registry.put(key, value);
            } else {
                problems.add("Unknown setting '" + key + "'" + nearest(key, definition.names())
                        + ". See docs/configuration.md for the known ones.");
            }
        });
        for (ConfigValue value : definition.validate(own)) {
            for (String error : value.errorMessages()) {
                problems.add(
                        isSecret(definition, value.name())
                                ? "Invalid value for secret setting " + value.name()
                                : error);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Settings(new AbstractConfig(definition, own, false), clients, registry);
    }

    public String text(String key) {
        return own.getString(key);
    }

    public int integer(String key) {
        return own.getInt(key);
    }

    public long number(String key) {
        return own.getLong(key);
    }

    public double fraction(String key) {
        return own.getDouble(key);
    }

    public boolean flag(String key) {
        return own.getBoolean(key);
    }

    public List<String> list(String key) {
        return own.getList(key);
    }

    /**
     * Settings for one kind of Kafka client: those for all clients, then those with the prefix, which win.
     *
     * @param prefix {@link #CONSUMER}, {@link #PRODUCER} or {@link #ADMIN}
     */
    public Map<String, Object> client(String prefix) {
        Map<String, Object> result = new HashMap<>();
        clients.forEach((key, value) -> {
            if (CLIENT_PREFIXES.stream().noneMatch(key::startsWith)) {
                result.put(key, value);
            }
        });
        clients.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                result.put(key.substring(prefix.length()), value);
            }
        });
        return result;
    }

    /** Settings of the schema registry client and the Avro serializer, by their Confluent names. */
    public Map<String, String> registry() {
        return registry;
    }

    /** The service's own settings as text, defaults included, secrets masked; sorted by key. */
    public Map<String, String> effective() {
        Map<String, String> result = new TreeMap<>();
        own.values().forEach((key, value) -> result.put(key, String.valueOf(value)));
        return result;
    }

    private static boolean isClientSetting(String key) {
        if (KAFKA.contains(key)) {
            return true;
        }
        return CLIENT_PREFIXES.stream().anyMatch(p -> key.startsWith(p) && KAFKA.contains(key.substring(p.length())));
    }

    private static boolean isRegistrySetting(String key) {
        return SERDE.contains(key) || REGISTRY_PREFIXES.stream().anyMatch(key::startsWith);
    }

    private static Map<String, String> texts(Map<?, ?> given, List<String> problems) {
        Map<String, String> texts = new TreeMap<>();
        given.forEach((key, value) -> {
            if (value == null) {
                problems.add("Setting '" + key + "' has no value: leave it out, or give it one.");
            } else {
                texts.put(String.valueOf(key), text(value));
            }
        });
        return texts;
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Password password) {
            return password.value();
        }
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(Settings::text).toList())
                : value.toString();
    }

    private static boolean isSecret(ConfigDef definition, String name) {
        ConfigKey key = definition.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    private static Set<String> kafkaSettings() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    private static String nearest(String key, Set<String> names) {
        String wanted = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        for (String name : new TreeSet<>(names)) {
            if (name.replaceAll("[^a-z0-9]", "").equals(wanted)) {
                return "; did you mean '" + name + "'?";
            }
        }
        return "";
    }
}
