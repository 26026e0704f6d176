package io.hookline.ops.cli;

import java.io.PrintWriter;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command above all others, and how all of them print, fail and end. */
@Command(
        name = "hookline",
        description = "Webhooks on Kafka: run it, register endpoints, emit events, repair what failed.",
        versionProvider = CommandRoot.Version.class,
        footer = {
            "",
            "Examples:",
            "  hookline demo",
            "  hookline dev",
            "  hookline subscriptions apply subscription.yaml",
            "  hookline emit order_created --data '{\"order\":1}'",
            "",
            "Every command takes --help. Completion: source <(hookline generate-completion)"
        })
public final class CommandRoot implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    boolean version;

    private CommandRoot() {}

    /** The root without commands below it. */
    public static CommandLine create() {
        return new CommandLine(new CommandRoot());
    }

    /** Makes all commands below the root print, fail and end alike; to be called once they are all there. */
    public static CommandLine finish(CommandLine root, Console console) {
        root.addSubcommand(new CommandLine(new AutoComplete.GenerateCompletion()));
        // Picocli hands this on to the commands that are there.
        root.setOut(new PrintWriter(console.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        Failures failures = new Failures(console);
        root.setUsageHelpWidth(WIDTH);
        root.setExecutionExceptionHandler(failures);
        root.setParameterExceptionHandler(failures);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setAbbreviatedOptionsAllowed(false);
        addExitCodes(root);
        return root;
    }

    private static void addExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .abbreviateSynopsis(true)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCodes.LIST);
        command.getSubcommands().values().stream().distinct().forEach(CommandRoot::addExitCodes);
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE;
    }

    /** Reads the version that the build wrote. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws Exception {
            Properties build = new Properties();
            try (var file = CommandRoot.class.getResourceAsStream("/io/hookline/ops/build.properties")) {
                if (file != null) {
                    build.load(file);
                }
            }
            return new String[] {
                "hookline " + build.getProperty("version", "unknown"),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
