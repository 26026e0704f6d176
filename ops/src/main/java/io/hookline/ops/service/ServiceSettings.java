package io.hookline.ops.service;

import io.hookline.ops.kafka.OpsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings with where each comes from. A later source wins.
 *
 * @param values key to value
 * @param sources key to source
 */
public record ServiceSettings(Map<String, String> values, Map<String, String> sources) {
    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "jaas", "token", "user.info", "ssl.keystore.key", "credential");

    /** Without any. */
    public static ServiceSettings none() {
        return new ServiceSettings(new TreeMap<>(), new TreeMap<>());
    }

    /** Adds the settings of one source. */
    public ServiceSettings with(Map<String, String> more, String source) {
        values.putAll(more);
        more.keySet().forEach(key -> sources.put(key, source));
        return this;
    }

    /** Those that a plain connection understands: all but the service's own. */
    Map<String, String> connection(ServiceKind kind) {
        Map<String, String> connection = new TreeMap<>(values);
        connection.keySet().removeIf(key -> kind.definition().names().contains(key) && !key.equals(OpsSettings.PREFIX));
        return connection;
    }

    /**
     * One line a setting in effect, with its source, secrets masked; checks them all.
     *
     * @throws io.hookline.schemas.config.InvalidSettingsException listing everything that is wrong
     */
    public List<String> print(ServiceKind kind) {
        Map<String, String> all = new TreeMap<>();
        values.forEach((key, value) -> all.put(key, isSecret(key) ? "[hidden]" : value));
        all.putAll(kind.effective(values));
        List<String> lines = new ArrayList<>();
        all.forEach((key, value) -> lines.add(key + "=" + value + "  # " + sources.getOrDefault(key, "default")));
        return lines;
    }

    private static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains) && !lower.endsWith(".location");
    }
}
