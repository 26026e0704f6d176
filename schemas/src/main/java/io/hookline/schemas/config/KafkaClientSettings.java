package io.hookline.schemas.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What Kafka's own clients can be told, kind by kind. */
record KafkaClientSettings(String prefix, ConfigDef definition) {
    static final List<KafkaClientSettings> KINDS = List.of(
            new KafkaClientSettings(Settings.CONSUMER, ConsumerConfig.configDef()),
            new KafkaClientSettings(Settings.PRODUCER, ProducerConfig.configDef()),
            new KafkaClientSettings(Settings.ADMIN, AdminClientConfig.configDef()));

    static KafkaClientSettings of(String prefix) {
        return KINDS.stream()
                .filter(kind -> kind.prefix.equals(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind of Kafka client '" + prefix + "'."));
    }

    static boolean isKnown(String key) {
        return KINDS.stream().anyMatch(kind -> kind.name(key) != null);
    }

    /** All keys, those with a prefix included. */
    static Set<String> allKeys() {
        Set<String> all = new TreeSet<>();
        for (KafkaClientSettings kind : KINDS) {
            for (String name : kind.definition.names()) {
                all.add(name);
                all.add(kind.prefix + name);
            }
        }
        return all;
    }

    /** What is wrong with a value, for each kind of client it would go to; a secret value is not repeated. */
    static Set<String> problems(String key, String value) {
        Set<String> problems = new LinkedHashSet<>();
        for (KafkaClientSettings kind : KINDS) {
            ConfigKey known = kind.definition.configKeys().get(kind.stripped(key));
            if (known != null) {
                check(key, known, value, problems);
            }
        }
        return problems;
    }

    /** Kafka's name for a key of ours if this kind of client takes it; null otherwise. */
    @Nullable
    String name(String key) {
        String name = stripped(key);
        return definition.configKeys().containsKey(name) ? name : null;
    }

    private String stripped(String key) {
        return key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }

    private static void check(String key, ConfigKey known, String value, Set<String> problems) {
        try {
            Object parsed = ConfigDef.parseType(key, value, known.type);
            if (known.validator != null) {
                known.validator.ensureValid(key, parsed);
            }
        } catch (ConfigException e) {
            problems.add(known.type == ConfigDef.Type.PASSWORD ? Settings.secretProblem(key) : e.getMessage());
        }
    }
}
