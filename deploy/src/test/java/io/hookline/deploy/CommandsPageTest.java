package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

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

    /** Picocli formats these texts: a percent sign alone makes it warn on the user's terminal, above the help. */
    @Test
    void shouldWriteEveryPercentSignOfAHelpTwice() {
        for (CommandLine command : all(root())) {
            for (String text : texts(command.getCommandSpec())) {
                assertThatCode(() -> String.format(text))
                        .as("%s: %s", command.getCommandSpec().qualifiedName(), text)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static List<String> texts(CommandSpec spec) {
        List<String> texts = new ArrayList<>();
        UsageMessageSpec usage = spec.usageMessage();
        for (String[] lines : List.of(usage.header(), usage.description(), usage.footer(), usage.customSynopsis())) {
            texts.addAll(List.of(lines));
        }
        texts.addAll(List.of(
                usage.descriptionHeading(), usage.footerHeading(), usage.optionListHeading(), usage.synopsisHeading()));
        usage.exitCodeList().values().forEach(texts::add);
        spec.options().forEach(option -> texts.addAll(List.of(option.description())));
        spec.positionalParameters().forEach(parameter -> texts.addAll(List.of(parameter.description())));
        return texts;
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> all.addAll(all(below)));
        return all;
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
