package io.hookline.ops.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page docs/commands.md: the help of every command, so that it cannot say anything else than the commands do. */
public final class CommandsPage {
    private CommandsPage() {}

    /** The whole page, in Markdown. */
    public static String of(CommandLine root) {
        StringBuilder page = new StringBuilder("""
                # Commands

                Generated from the commands themselves; a test fails where it differs. To write it anew:
                `mvn -q verify -pl deploy -am -Dquick -DskipTests=false -Dtest=CommandsPageTest -Dsurefire.jvm.args=-Dgolden.write=true \
                -Dsurefire.failIfNoSpecifiedTests=false -DskipITs`

                Results go to standard output, everything said about them to standard error. With `--json` each result is one JSON object a
                line. Commands that write take `--dry-run`. The Kafka to use is named by `--bootstrap-server` or in the file of
                `--command-config`; without either, it is the one that `hookline dev` remembered.
                """);
        append(root, page, 2);
        return page.toString();
    }

    private static void append(CommandLine command, StringBuilder page, int level) {
        page.append('\n')
                .append("#".repeat(level))
                .append(' ')
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```\n");
        String usage = command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n");
        // The exit codes are the same everywhere: once is enough.
        int codes = usage.indexOf("\nExit codes:\n");
        int after = usage.indexOf("\nExamples:\n", Math.max(codes, 0));
        if (level > 2 && codes >= 0) {
            usage = usage.substring(0, codes + 1) + (after < 0 ? "" : usage.substring(after + 1));
        }
        page.append(usage.stripTrailing()).append("\n```\n");
        List<CommandLine> below =
                command.getSubcommands().values().stream().distinct().toList();
        for (CommandLine inner : below) {
            append(inner, page, Math.min(level + 1, 4));
        }
    }
}
