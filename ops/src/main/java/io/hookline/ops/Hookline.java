package io.hookline.ops;

import io.hookline.ops.cli.CommandRoot;
import io.hookline.ops.cli.Console;
import io.hookline.ops.command.TopicsCheck;
import io.hookline.ops.command.TopicsCommand;
import io.hookline.ops.command.TopicsCreate;
import java.util.List;
import picocli.CommandLine;

/**
 * The {@code hookline} command. What starts it adds its own commands: any object with picocli's {@code @Command}, or a finished
 * {@link CommandLine}.
 */
public final class Hookline {
    private Hookline() {}

    /**
     * Runs one command line and says with which code the process should end.
     *
     * @param more commands of the caller, shown before the built-in ones
     * @return one of {@link io.hookline.ops.cli.ExitCode}
     */
    public static int run(Console console, List<?> more, String... arguments) {
        return commandLine(console, more).execute(arguments);
    }

    /** All commands, ready to run. */
    public static CommandLine commandLine(Console console, List<?> more) {
        CommandLine root = CommandRoot.create(console);
        more.forEach(root::addSubcommand);
        root.addSubcommand(new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsCreate(console))
                .addSubcommand(new TopicsCheck(console)));
        return CommandRoot.finish(root, console);
    }
}
