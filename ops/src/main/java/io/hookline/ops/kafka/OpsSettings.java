package io.hookline.ops.kafka;

import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.RegistrySettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The settings a connection is made of, by the names that go into files. */
public final class OpsSettings {
    /** Kafka's addresses; required. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    /** What stands before all topic names. */
    public static final String PREFIX = "topics.prefix";

    /** The schema registry's addresses. */
    public static final String REGISTRY_URL = RegistrySettings.URL;

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    PREFIX,
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.Importance.MEDIUM,
                    "Put before every topic name, consumer group and transactional id.");

    private OpsSettings() {}

    /** What commands take besides settings of Kafka's clients and of the registry's client. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /**
     * Sorts and checks settings.
     *
     * @throws io.hookline.schemas.config.InvalidSettingsException listing every unknown key
     */
    static Settings parse(Map<String, String> given) {
        return Settings.parse(DEFINITION, given);
    }
}
