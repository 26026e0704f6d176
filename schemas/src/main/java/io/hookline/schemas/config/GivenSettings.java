package io.hookline.schemas.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * Settings as they were given, made text; {@code ${provider:path:key}} in a value is replaced by what Kafka's config providers know, so
 * that no file of settings has to contain a secret.
 */
final class GivenSettings {
    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    private GivenSettings() {}

    /** All settings but those of the providers. Problems are added to the list. */
    static Map<String, String> resolve(Map<?, ?> given, List<String> problems) {
        Map<String, String> texts = texts(given, problems);
        String providers = texts.get(PROVIDERS);
        return providers == null ? texts : resolve(texts, providers, problems);
    }

    private static Map<String, String> resolve(Map<String, String> texts, String providers, List<String> problems) {
        Map<String, String> result = new TreeMap<>(texts);
        try {
            result.putAll(new AbstractConfig(new ConfigDef(), texts, false).originalsStrings());
        } catch (KafkaException e) {
            problems.add("Setting '" + PROVIDERS + "' is '" + providers + "': " + e.getMessage());
        }
        result.keySet().removeIf(key -> key.equals(PROVIDERS) || key.startsWith(PROVIDERS + "."));
        Pattern reference = reference(providers);
        result.forEach((key, value) -> {
            Matcher left = reference.matcher(value);
            if (left.find()) {
                problems.add("Setting '" + key + "' refers to " + left.group() + ", where nothing was found.");
            }
        });
        return result;
    }

    private static Pattern reference(String providers) {
        String names = Stream.of(providers.split(",", -1))
                .map(name -> Pattern.quote(name.strip()))
                .collect(Collectors.joining("|"));
        return Pattern.compile("\\$\\{(" + names + "):[^}]*}");
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
                ? list.stream().map(GivenSettings::text).collect(Collectors.joining(","))
                : value.toString();
    }
}
