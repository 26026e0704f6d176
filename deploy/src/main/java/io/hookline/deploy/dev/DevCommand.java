package io.hookline.deploy.dev;

import io.hookline.deploy.embedded.EmbeddedStack;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.RememberedDefaults;
import io.hookline.testkit.kafka.KafkaStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
    private static final int PARTITIONS_MAX = 1_000;
    private static final int PORT_MAX = 65_535;

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
        check();
        DevDefaults defaults = new DevDefaults(console, RememberedDefaults.of(console));
        EmbeddedStack.Options options =
                new EmbeddedStack.Options(dataDirectory.toAbsolutePath(), port, registryPort, partitions);
        try (EmbeddedStack stack = EmbeddedStack.start(options, Map.of(), part -> console.say("starting " + part))) {
            Runtime.getRuntime().addShutdownHook(hook);
            Map<String, String> connection = stack.connection();
            announce(connection, defaults.remember(connection));
            stop.await();
            console.say("stopping");
            defaults.forget();
        } catch (KafkaStartException e) {
            int usage = e.isUnusable() ? ExitCode.USAGE : ExitCode.FAILED;
            throw new CommandException(e.isHeld() ? ExitCode.CONFLICT : usage, String.valueOf(e.getMessage()));
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    /** Whatever can be known before anything is made or started. */
    private void check() {
        checkPort("--port", port);
        checkPort("--registry-port", registryPort);
        if (port != 0 && port == registryPort) {
            throw new CommandException(
                    ExitCode.USAGE, "--port and --registry-port are both " + port + ": give each its own.");
        }
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--partitions " + partitions + " is not usable: choose 1 to " + PARTITIONS_MAX + ".");
        }
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), registryPort));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the schema registry cannot listen on port " + registryPort + " of the loopback address ("
                            + e.getMessage()
                            + "). Stop what listens there, or choose another with --registry-port; 0 takes a free one.");
        }
    }

    private static void checkPort(String option, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new CommandException(
                    ExitCode.USAGE,
                    option + " " + port + " is not a port: choose 1 to " + PORT_MAX + ", or 0 for a free one.");
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
