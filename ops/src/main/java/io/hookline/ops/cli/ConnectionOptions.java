package io.hookline.ops.cli;

import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.KafkaUnreachableException;
import io.hookline.ops.kafka.OpsSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which Kafka a command speaks to. What the command line says wins over the file of {@code --command-config}. What is missing then
 * is what {@code hookline dev} remembered, if no other Kafka is named (see {@link RememberedDefaults#completing}).
 */
public final class ConnectionOptions {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description =
                    "Kafka to connect to; several separated by commas. Default: the one that 'hookline dev' remembered.")
    @Nullable
    String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description =
                    "Properties file with Kafka client settings (security and so on), as Kafka's own tools take it, and"
                            + " schema.registry.* settings.")
    @Nullable
    Path commandConfig;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description =
                    "Schema registry with the Confluent REST API. Default: the remembered one, with the remembered Kafka only.")
    @Nullable
    String registryUrl;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "What all topic names of this installation begin with. Default: nothing.")
    @Nullable
    String prefix;

    /**
     * The settings these options come to.
     *
     * @throws CommandException where no Kafka is named
     */
    public Map<String, String> settings(Console console) {
        Map<String, String> settings = new TreeMap<>();
        if (commandConfig != null) {
            settings.putAll(RememberedDefaults.read(commandConfig));
        }
        put(settings, OpsSettings.BOOTSTRAP_SERVERS, bootstrapServer);
        put(settings, OpsSettings.REGISTRY_URL, registryUrl);
        put(settings, OpsSettings.PREFIX, prefix);
        RememberedDefaults defaults = RememberedDefaults.of(console);
        settings.putAll(defaults.completing(settings));
        if (!settings.containsKey(OpsSettings.BOOTSTRAP_SERVERS)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "No Kafka is named: give --bootstrap-server HOST:PORT, or " + OpsSettings.BOOTSTRAP_SERVERS
                            + " in the file of --command-config, or start 'hookline dev', which remembers its own in "
                            + defaults.place() + ".");
        }
        return settings;
    }

    /**
     * Connects.
     *
     * @throws KafkaUnreachableException when the cluster does not answer within seconds
     */
    public KafkaConnection connect(Console console) {
        Map<String, String> settings = settings(console);
        try {
            return KafkaConnection.open(settings);
        } catch (KafkaUnreachableException e) {
            RememberedDefaults defaults = RememberedDefaults.of(console);
            if (bootstrapServer == null && defaults.load().containsValue(settings.get(OpsSettings.BOOTSTRAP_SERVERS))) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        e.getMessage() + " This address is remembered from 'hookline dev' in " + defaults.place()
                                + ": start it again, or name another Kafka.");
            }
            throw e;
        }
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
