package io.hookline.ops.kafka;

import io.hookline.deliverer.reach.Reach;
import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.router.RouterSettings;
import io.hookline.router.route.TenantSource;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.registry.RegistrySettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The settings a connection is made of, by the names that go into files. */
public final class OpsSettings {
    /** Kafka's addresses; required. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    /** What stands before all topic names. */
    public static final String PREFIX = "topics.prefix";

    /** As the deliverers have it: networks that endpoints may be in besides public addresses. */
    public static final String NETWORKS = Reach.NETWORKS;

    /** How many subscriptions one tenant may have. */
    public static final String TENANT_SUBSCRIPTIONS = "subscriptions.per.tenant.max";

    /** As the routers have it: from where it is known whose an event is. */
    public static final String TENANT_FROM = RouterSettings.TENANT_FROM;

    /** The schema registry's addresses. */
    public static final String REGISTRY_URL = RegistrySettings.URL;

    private static final ConfigDef DEFINITION = SecretSettings.define(
            new ConfigDef()
                    .define(
                            PREFIX,
                            ConfigDef.Type.STRING,
                            "",
                            ConfigDef.Importance.MEDIUM,
                            "Put before every topic name, consumer group and transactional id.")
                    .define(
                            TENANT_SUBSCRIPTIONS,
                            ConfigDef.Type.INT,
                            0,
                            ConfigDef.Range.atLeast(0),
                            ConfigDef.Importance.MEDIUM,
                            "How many subscriptions one tenant may have; one more is refused. 0: any number. Whoever registers needs the same value; with it, registering a new one reads all"
                                    + " subscriptions.")
                    .define(
                            TENANT_FROM,
                            ConfigDef.Type.STRING,
                            TenantSource.HEADER.label(),
                            ConfigDef.ValidString.in(TenantSource.HEADER.label(), TenantSource.TOPIC.label()),
                            ConfigDef.Importance.MEDIUM,
                            "As the routers have it: from where it is known whose an event is. `replay` and `subscriptions backtest` route events again by it.")
                    .define(
                            NETWORKS,
                            ConfigDef.Type.LIST,
                            "",
                            ConfigDef.Importance.MEDIUM,
                            "As the deliverers have it: networks that endpoints may be in besides public addresses. `subscriptions apply` refuses other addresses, `subscriptions ping` does not connect to them; both let this machine be an endpoint."));

    private OpsSettings() {}

    /** What commands take besides settings of Kafka's clients and of the registry's client. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /** Where endpoints may be, as far as a command can know: any scheme and port, this machine, the networks in these settings. */
    public static Reach reach(Map<String, String> given) {
        return Reach.of(List.of(), List.of(), parse(given).list(NETWORKS)).withAnyPortAndThisMachine();
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
