package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.RememberedDefaults;
import io.hookline.ops.kafka.NoRegistryException;
import io.hookline.ops.kafka.OpsSettings;
import io.hookline.ops.service.ServiceKind;
import io.hookline.ops.service.ServiceRunner;
import io.hookline.ops.service.ServiceSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that runs a service in the foreground. */
abstract class ServiceCommand implements Callable<Integer> {
    private static final String COMMAND_LINE = "command line";

    private final Console console;
    private final ServiceKind kind;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    boolean help;

    @Option(
            names = {"--config", "--command-config"},
            paramLabel = "FILE",
            description =
                    "Properties file: settings of the service (docs/configuration.md), of Kafka's clients, and schema.registry.*.")
    @Nullable
    Path config;

    @Option(
            names = "-o",
            paramLabel = "KEY=VALUE",
            description = "One setting, over what the file says; may be repeated.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Kafka to connect to. Default: the one that 'hookline dev' remembered.")
    @Nullable
    String bootstrapServer;

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
            description = "What all topic names of this installation begin with.")
    @Nullable
    String prefix;

    @Option(
            names = "--print-config",
            description = "Print the settings in effect and where each comes from, secrets hidden; start nothing.")
    boolean printConfig;

    @Option(names = "--json", description = "With --print-config: print them as JSON.")
    boolean json;

    ServiceCommand(Console console, ServiceKind kind) {
        this.console = console;
        this.kind = kind;
    }

    @Override
    public final Integer call() {
        ServiceSettings settings = settings();
        if (printConfig) {
            if (json) {
                Map<String, String> lines = new LinkedHashMap<>();
                settings.print(kind).forEach(line -> {
                    int equals = line.indexOf('=');
                    lines.put(line.substring(0, equals), line.substring(equals + 1, line.lastIndexOf("  # ")));
                });
                console.json(lines);
            } else {
                settings.print(kind).forEach(console::line);
            }
            return ExitCode.OK;
        }
        if (!settings.values().containsKey(OpsSettings.REGISTRY_URL)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    new NoRegistryException().getMessage() + RegistryHint.of(console, settings.values()));
        }
        return new ServiceRunner(console, kind).run(settings);
    }

    private ServiceSettings settings() {
        Map<String, String> options = new HashMap<>();
        put(options, OpsSettings.BOOTSTRAP_SERVERS, bootstrapServer);
        put(options, OpsSettings.REGISTRY_URL, registryUrl);
        put(options, OpsSettings.PREFIX, prefix);
        ServiceSettings settings = ServiceSettings.none();
        if (config != null) {
            settings.with(RememberedDefaults.read(config), config.toString());
        }
        settings.with(options, COMMAND_LINE).with(overrides, COMMAND_LINE);
        RememberedDefaults defaults = RememberedDefaults.of(console);
        Map<String, String> remembered = defaults.completing(settings.values());
        if (!remembered.isEmpty()) {
            settings.with(remembered, defaults.place());
            console.say("Not named, so as 'hookline dev' remembered it in " + defaults.place() + ": "
                    + remembered.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (!settings.values().containsKey(OpsSettings.BOOTSTRAP_SERVERS)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "No Kafka is named: give --bootstrap-server HOST:PORT, or " + OpsSettings.BOOTSTRAP_SERVERS
                            + " in the file of --config.");
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
