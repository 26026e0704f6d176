package io.hookline.schemas.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Keys of the schema registry client and the Avro serializer, by Confluent's names. Their list is open, because Confluent's own client may
 * be plugged in and knows more; only what looks like a misspelt known key is refused.
 */
final class RegistryKeys {
    private static final String PREFIX = "schema.registry.";
    private static final List<String> PREFIXES = List.of(PREFIX, "basic.auth.", "bearer.auth.");
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
    private static final Set<String> AUTHENTICATION = Set.of(
            "basic.auth.credentials.source",
            "basic.auth.user.info",
            "bearer.auth.credentials.source",
            "bearer.auth.token");

    /** All known keys. */
    static final Set<String> KNOWN = known();

    private RegistryKeys() {}

    static boolean isRegistryKey(String key) {
        return KNOWN.contains(key)
                || (PREFIXES.stream().anyMatch(key::startsWith)
                        && Suggestion.nearest(key, KNOWN).isEmpty());
    }

    private static Set<String> known() {
        Set<String> keys = new TreeSet<>(SERDE);
        keys.addAll(AUTHENTICATION);
        for (String key : List.copyOf(keys)) {
            keys.add(PREFIX + key);
        }
        keys.add(PREFIX + "url");
        for (String tls : new ConfigDef().withClientSslSupport().names()) {
            keys.add(PREFIX + tls);
        }
        return keys;
    }
}
