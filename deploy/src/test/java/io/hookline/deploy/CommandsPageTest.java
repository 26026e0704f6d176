package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.Hookline;
import io.hookline.ops.cli.CommandsPage;
import io.hookline.ops.cli.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CommandsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "commands.md");

    @Test
    void shouldBeThePageInTheDocumentation() throws Exception {
        String page = CommandsPage.of(root());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void shouldHelpWithAnExampleInEveryCommand() {
        for (CommandLine command : leaves(root())) {
            String help = command.getUsageMessage(Ansi.OFF);
            assertThat(help).as(help).contains("--help", "Exit codes:");
            if (!command.getCommandName().equals("generate-completion")) {
                assertThat(help)
                        .as(help)
                        .contains("Example")
                        .contains("  hookline ")
                        .contains("--json");
            }
        }
    }

    private static CommandLine root() {
        Console console = Console.system();
        return Hookline.commandLine(console, Main.commands(console));
    }

    private static List<CommandLine> leaves(CommandLine command) {
        List<CommandLine> leaves = new ArrayList<>();
        if (command.getSubcommands().isEmpty()) {
            leaves.add(command);
        }
        command.getSubcommands().values().forEach(below -> leaves.addAll(leaves(below)));
        return leaves;
    }
}
