package io.hookline.ops.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.Hookline;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Scripts read what {@code --json} prints, also where they only ask what would be done. */
@ExtendWith(KafkaExtension.class)
class JsonLinesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each command that has both options is given; a new one has to be added here. */
    private static final Map<String, String> ARGUMENTS = new TreeMap<>(Map.ofEntries(
            entry("hookline topics create", "--partitions 2"),
            entry("hookline topics expand", "--event-type order_created --partitions 3"),
            entry("hookline subscriptions apply", "FILE"),
            entry("hookline subscriptions pause", "crm"),
            entry("hookline subscriptions resume", "crm"),
            entry("hookline subscriptions delete", "crm"),
            entry("hookline subscriptions ping", "crm"),
            entry("hookline emit", "order_created --data {}"),
            entry("hookline replay", "--subscription crm --from 1h"),
            entry("hookline dead discard", "--everything --because test"),
            entry("hookline dead replay", "--everything")));

    /** These need something that is there first, and have tests of their own: a replay under way, a keyset. */
    private static final Set<String> ELSEWHERE = Set.of(
            "hookline replay cancel",
            "hookline replay resume",
            "hookline subscriptions reencrypt",
            "hookline subscriptions rotate-secret");

    @TempDir
    Path home;

    @Test
    void shouldPrintNothingButJsonWhereItIsAskedForAndNothingIsDone(KafkaSpace space) throws Exception {
        Path file = Files.writeString(
                home.resolve("crm.yaml"), "id: crm\ntenant: t\nurl: http://x.example\neventTypes: ['*']\n");
        assertThat(dryCommands()).containsExactlyElementsOf(ARGUMENTS.keySet());
        try (OpsKafka ops = new OpsKafka(space, 2)) {
            CommandLineFixture hookline = CommandLineFixture.of(ops, home);
            assertThat(hookline.run("subscriptions", "apply", file.toString(), "--no-wait")
                            .exitCode())
                    .isEqualTo(ExitCode.OK);
            hookline.run("topics", "create", "--event-type", "order_created", "--partitions", "2");
            for (Map.Entry<String, String> command : ARGUMENTS.entrySet()) {
                String line = command.getKey().replace("hookline ", "") + " --dry-run --json "
                        + command.getValue().replace("FILE", file.toString());

                Ran ran = hookline.run(line.split(" ", -1));

                assertThat(ran.exitCode()).as(line + ran.err()).isEqualTo(ExitCode.OK);
                assertThat(ran.out().lines()).as(line).isNotEmpty().allMatch(JsonLinesIT::isObject, "is a JSON object");
            }
        }
    }

    /** Some are there twice, under another name of their group. */
    private static List<String> dryCommands() {
        List<String> found = new ArrayList<>();
        collect(Hookline.commandLine(Console.system(), List.of()), found);
        return found.stream()
                .filter(command -> !ELSEWHERE.contains(command))
                .distinct()
                .sorted()
                .toList();
    }

    private static void collect(CommandLine command, List<String> found) {
        var options = command.getCommandSpec().optionsMap();
        if (options.containsKey("--json") && options.containsKey("--dry-run")) {
            found.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(below -> collect(below, found));
    }

    private static boolean isObject(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
