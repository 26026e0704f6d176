package io.hookline.schemas.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The settings of one service. A key is the first of these that fits:
 *
 * <ul>
 *   <li>a setting of the service, declared in its {@link ConfigDef};
 *   <li>a setting of Kafka's clients ({@code bootstrap.servers}, {@code sasl.jaas.config} and so on), given to every kind of client that
 *       knows it, or with {@code consumer.}, {@code producer.}, {@code admin.} before it to that kind alone;
 *   <li>a setting of the schema registry client or of the Avro serializer, by Confluent's names: {@code schema.registry.*},
 *       {@code basic.auth.*}, {@code bearer.auth.*}, {@code auto.register.schemas} and so on.
 * </ul>
 *
 * Any other key is an error. Values may refer to files and the environment through Kafka's {@code config.providers}.
 */
public final class Settings {
    /** Before a key: for consumers only. */
    public static final String CONSUMER = "consumer.";
    /** Before a key: for producers only. */
    public static final String PRODUCER = "producer.";
    /** Before a key: for admin clients only. */
    public static final String ADMIN = "admin.";

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
     * @throws InvalidSettingsException listing every unknown key and every value that is not usable; no secret is repeated in it
     */
    public static Settings parse(ConfigDef definition, Map<?, ?> given) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> clients = new HashMap<>();
        Map<String, String> registry = new HashMap<>();
        List<String> problems = new ArrayList<>();
        GivenSettings.resolve(given, problems).forEach((key, value) -> {
            if (definition.names().contains(key)) {
                own.put(key, value);
            } else if (KafkaClientSettings.isKnown(key)) {
                clients.put(key, value);
                problems.addAll(KafkaClientSettings.problems(key, value));
            } else if (RegistryKeys.isRegistryKey(key)) {
                registry.put(key, value);
            } else {
                problems.add(unknown(key, definition));
            }
        });
        problems.addAll(problems(definition, own));
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

    /** A setting of type {@code PASSWORD}. */
    public String secret(String key) {
        return own.getPassword(key).value();
    }

    /**
     * Settings for one kind of Kafka client: those without a prefix that it knows, then those with its prefix, which win.
     *
     * @param prefix {@link #CONSUMER}, {@link #PRODUCER} or {@link #ADMIN}
     */
    public Map<String, Object> client(String prefix) {
        KafkaClientSettings kind = KafkaClientSettings.of(prefix);
        Map<String, Object> result = new HashMap<>();
        clients.forEach((key, value) -> {
            String name = kind.name(key);
            if (name != null && (key.startsWith(prefix) || !clients.containsKey(prefix + key))) {
                result.put(name, value);
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

    static String secretProblem(String key) {
        return "Setting '" + key + "' is not usable; its value is a secret and not shown.";
    }

    private static List<String> problems(ConfigDef definition, Map<String, String> own) {
        List<String> problems = new ArrayList<>();
        for (ConfigValue value : definition.validate(own)) {
            if (!value.errorMessages().isEmpty()) {
                boolean secret = own.containsKey(value.name()) && isSecret(definition, value.name());
                // The first error only: after a value that cannot be parsed Kafka adds what it thinks of null.
                problems.add(
                        secret
                                ? secretProblem(value.name())
                                : value.errorMessages().get(0));
            }
        }
        return problems;
    }

    private static boolean isSecret(ConfigDef definition, String name) {
        ConfigKey key = definition.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    private static String unknown(String key, ConfigDef definition) {
        Set<String> known = KafkaClientSettings.allKeys();
        known.addAll(definition.names());
        known.addAll(RegistryKeys.KNOWN);
        String meant = Suggestion.nearest(key, known)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse(".");
        return "Unknown setting '" + key + "'" + meant + " See docs/configuration.md for the known ones.";
    }
}
