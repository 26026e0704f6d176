package io.hookline.ops;

import io.hookline.ops.cli.CommandRoot;
import io.hookline.ops.cli.Console;
import io.hookline.ops.command.AttemptsCommand;
import io.hookline.ops.command.DeadCommand;
import io.hookline.ops.command.DeadDiscardCommand;
import io.hookline.ops.command.DeadExport;
import io.hookline.ops.command.DeadList;
import io.hookline.ops.command.DeadReplayCommand;
import io.hookline.ops.command.DeadShow;
import io.hookline.ops.command.DelivererCommand;
import io.hookline.ops.command.EmitCommand;
import io.hookline.ops.command.KeysetAddKey;
import io.hookline.ops.command.KeysetCommand;
import io.hookline.ops.command.KeysetCreate;
import io.hookline.ops.command.KeysetDropOld;
import io.hookline.ops.command.KeysetPublic;
import io.hookline.ops.command.PipelineCommand;
import io.hookline.ops.command.PipelineList;
import io.hookline.ops.command.PipelineShow;
import io.hookline.ops.command.ReplayCancel;
import io.hookline.ops.command.ReplayCommand;
import io.hookline.ops.command.ReplayList;
import io.hookline.ops.command.ReplayResume;
import io.hookline.ops.command.RouterCommand;
import io.hookline.ops.command.StatusCommand;
import io.hookline.ops.command.SubscriptionsApply;
import io.hookline.ops.command.SubscriptionsBacktest;
import io.hookline.ops.command.SubscriptionsCommand;
import io.hookline.ops.command.SubscriptionsDelete;
import io.hookline.ops.command.SubscriptionsList;
import io.hookline.ops.command.SubscriptionsPause;
import io.hookline.ops.command.SubscriptionsPing;
import io.hookline.ops.command.SubscriptionsReencrypt;
import io.hookline.ops.command.SubscriptionsResume;
import io.hookline.ops.command.SubscriptionsRotateSecret;
import io.hookline.ops.command.SubscriptionsShow;
import io.hookline.ops.command.SubscriptionsTestCommand;
import io.hookline.ops.command.TopicsCheck;
import io.hookline.ops.command.TopicsCommand;
import io.hookline.ops.command.TopicsCreate;
import io.hookline.ops.command.TopicsExpand;
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
        CommandLine root = CommandRoot.create();
        more.forEach(root::addSubcommand);
        root.addSubcommand(new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsCreate(console))
                .addSubcommand(new TopicsCheck(console))
                .addSubcommand(new TopicsExpand(console)));
        root.addSubcommand(new CommandLine(new SubscriptionsCommand())
                .addSubcommand(new SubscriptionsApply(console))
                .addSubcommand(new SubscriptionsList(console))
                .addSubcommand(new SubscriptionsShow(console))
                .addSubcommand(new SubscriptionsPause(console))
                .addSubcommand(new SubscriptionsResume(console))
                .addSubcommand(new SubscriptionsRotateSecret(console))
                .addSubcommand(new SubscriptionsReencrypt(console))
                .addSubcommand(new SubscriptionsDelete(console))
                .addSubcommand(new SubscriptionsPing(console))
                .addSubcommand(new SubscriptionsTestCommand(console))
                .addSubcommand(new SubscriptionsBacktest(console)));
        root.addSubcommand(new CommandLine(new KeysetCommand())
                .addSubcommand(new KeysetCreate(console))
                .addSubcommand(new KeysetPublic(console))
                .addSubcommand(new KeysetAddKey(console))
                .addSubcommand(new KeysetDropOld(console)));
        root.addSubcommand(new EmitCommand(console));
        root.addSubcommand(new CommandLine(new DeadCommand())
                .addSubcommand(new DeadList(console))
                .addSubcommand(new DeadShow(console))
                .addSubcommand(new DeadReplayCommand(console))
                .addSubcommand(new DeadExport(console))
                .addSubcommand(new DeadDiscardCommand(console)));
        root.addSubcommand(new StatusCommand(console));
        root.addSubcommand(new AttemptsCommand(console));
        root.addSubcommand(new CommandLine(new ReplayCommand(console))
                .addSubcommand(new ReplayList(console))
                .addSubcommand(new ReplayResume(console))
                .addSubcommand(new ReplayCancel(console)));
        root.addSubcommand(new CommandLine(new PipelineCommand())
                .addSubcommand(new PipelineList(console))
                .addSubcommand(new PipelineShow(console)));
        root.addSubcommand(new RouterCommand(console));
        root.addSubcommand(new DelivererCommand(console));
        return CommandRoot.finish(root, console);
    }
}
