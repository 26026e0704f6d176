package io.hookline.deploy;

import io.hookline.bench.BenchCommand;
import io.hookline.deploy.demo.DemoCommand;
import io.hookline.deploy.dev.DevCommand;
import io.hookline.deploy.prove.ProveCommand;
import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import java.util.List;
import java.util.Set;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What the launcher starts: the {@code hookline} command with everything in it. */
public final class Main {
    /** Commands that run until told to stop; their log is their voice. */
    private static final Set<String> SERVICES = Set.of("router", "deliverer", "dev");

    private Main() {}

    public static void main(String[] arguments) {
        prepareLogging(arguments);
        Console console = Console.system();
        int exitCode = Hookline.run(console, commands(console), arguments);
        console.out().flush();
        System.exit(exitCode);
    }

    /** The commands that only the distribution has. */
    static List<?> commands(Console console) {
        return List.of(
                new DemoCommand(console),
                new DevCommand(console),
                new BenchCommand(console),
                new ProveCommand(console, Main.class.getName()));
    }

    /** Services log at INFO, commands at WARN, Kafka's clients one level quieter; before the first logger is made. */
    private static void prepareLogging(String[] arguments) {
        boolean service = arguments.length > 0 && SERVICES.contains(arguments[0]);
        setIfAbsent("hookline.log.level", service ? "INFO" : "WARN");
        setIfAbsent("hookline.log.kafka", service ? "WARN" : "OFF");
        if (arguments.length > 0 && arguments[0].equals("dev")) {
            setIfAbsent("hookline.log.embedded", "ERROR");
        }
        setIfAbsent("hookline.log.http", service ? "WARN" : "OFF");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
