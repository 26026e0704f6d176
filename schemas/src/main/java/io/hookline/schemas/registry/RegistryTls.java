package io.hookline.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS for the registry alone, from {@code schema.registry.ssl.*}, read by Kafka's own code so that every form it knows works. */
final class RegistryTls {
    private RegistryTls() {}

    /** Empty when nothing is configured: then the JVM's defaults hold. */
    static Optional<SSLContext> context(Map<String, ?> config) {
        Map<String, Object> ssl = new HashMap<>();
        config.forEach((key, value) -> {
            if (key.startsWith(RegistrySettings.SSL_PREFIX) && value != null) {
                ssl.put(key.substring(RegistrySettings.PREFIX.length()), value);
            }
        });
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        refuseUnverifiedHosts(ssl);
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(known, ssl, false).values());
            return Optional.of(factory.sslContext());
        }
    }

    private static void refuseUnverifiedHosts(Map<String, Object> ssl) {
        Object algorithm = ssl.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        if (algorithm != null && !algorithm.toString().equalsIgnoreCase("https")) {
            throw new ConfigException(
                    RegistrySettings.PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                    algorithm,
                    "the registry's host name is always verified; leave it out and give a certificate for that name");
        }
    }
}
