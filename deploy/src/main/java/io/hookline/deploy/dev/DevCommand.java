package io.hookline.deploy.dev;

import io.hookline.deploy.embedded.EmbeddedStack;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.RememberedDefaults;
import io.hookline.testkit.kafka.KafkaStartException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hookline dev}. */
@Command(
        name = "dev",
        description = {
            "Run Kafka, a schema registry, a router and a deliverer in this process, until stopped.",
            "",
            "For development only: one broker without replication, a registry without access control. Data is kept in the data "
                    + "directory and found there by the next start. Other hookline commands use this Kafka until it is stopped, unless told "
                    + "otherwise."
        },
        footer = {"", "Example:", "  hookline dev --data-dir ./hookline-data"})
public final class DevCommand implements Callable<Integer> {
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;
    private static final int PARTITIONS = 8;

    private final Console console;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "hookline-data",
            description = "Where data is kept (default: ${DEFAULT-VALUE}).")
    Path dataDirectory = Path.of("hookline-data");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + KAFKA_PORT,
            description = "Port for Kafka clients, on this machine only; 0: a free one (default: ${DEFAULT-VALUE}).")
    int port = KAFKA_PORT;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "" + REGISTRY_PORT,
            description =
                    "Port of the schema registry, on this machine only; 0: a free one (default: ${DEFAULT-VALUE}).")
    int registryPort = REGISTRY_PORT;

    @Option(
            names = "--partitions",
            paramLabel = "P",
            defaultValue = "" + PARTITIONS,
            description = "Partitions of the topics, at their first creation (default: ${DEFAULT-VALUE}).")
    int partitions = PARTITIONS;

    public DevCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            awaitQuietly(stopped);
        });
        RememberedDefaults defaults = RememberedDefaults.of(console);
        EmbeddedStack.Options options =
                new EmbeddedStack.Options(dataDirectory.toAbsolutePath(), port, registryPort, partitions);
        try (EmbeddedStack stack = EmbeddedStack.start(options, Map.of(), part -> console.say("starting " + part))) {
            Runtime.getRuntime().addShutdownHook(hook);
            Map<String, String> connection = stack.connection();
            boolean isRemembered = remember(defaults, connection);
            announce(connection, isRemembered);
            stop.await();
            console.say("stopping");
            if (isRemembered) {
                forget(defaults, connection);
            }
        } catch (KafkaStartException e) {
            throw new CommandException(
                    e.isHeld() ? ExitCode.CONFLICT : ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    /** Says whether other commands can find this Kafka by themselves; where they cannot, it runs all the same. */
    private boolean remember(RememberedDefaults defaults, Map<String, String> connection) {
        try {
            defaults.save(connection);
            return true;
        } catch (UncheckedIOException e) {
            console.warn(e.getMessage() + ". Other commands do not find this Kafka by themselves.");
            return false;
        }
    }

    private void forget(RememberedDefaults defaults, Map<String, String> connection) {
        try {
            defaults.forget(connection);
        } catch (UncheckedIOException | CommandException e) {
            console.warn(String.valueOf(e.getMessage()));
        }
    }

    private void announce(Map<String, String> connection, boolean isRemembered) {
        if (common.json()) {
            console.json(connection);
        }
        console.say("Hookline runs, for development only. Kafka: " + connection.get("bootstrap.servers")
                + "  registry: " + connection.get("schema.registry.url") + "  data: " + dataDirectory.toAbsolutePath());
        console.say("In another terminal, for example:");
        String which = isRemembered
                ? ""
                : " --bootstrap-server " + connection.get("bootstrap.servers") + " --registry-url "
                        + connection.get("schema.registry.url");
        console.say("  hookline subscriptions list" + which);
        console.say("  hookline emit order_created --tenant shop --data '{\"order\":1}'" + which);
        console.say("Ctrl-C stops it.");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
