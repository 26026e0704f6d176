package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of mistake ends with, as every help says; scripts rely on it. (5 of a data directory in use: the launcher's test.) */
@ExtendWith(KafkaExtension.class)
class ExitCodesIT {
    /** A command line; {@code KAFKA} stands for the connection to the test's installation. */
    private record Case(int exitCode, String commandLine, String said) {}

    private static final List<Case> CASES = List.of(
            new Case(ExitCode.OK, "subscriptions list KAFKA", "No subscriptions."),
            new Case(ExitCode.OK, "dead list KAFKA", "No dead letters."),
            new Case(ExitCode.OK, "--help", ""),
            // 1: tried and failed, or a check found problems.
            new Case(ExitCode.FAILED, "topics check KAFKA --prefix nothing-here.", "To mend:"),
            // 2: arguments, a file or a document cannot be used.
            new Case(ExitCode.USAGE, "", "Usage:"),
            new Case(ExitCode.USAGE, "dead", "Usage:"),
            new Case(ExitCode.USAGE, "nonsense", "nonsense"),
            new Case(ExitCode.USAGE, "topics check", "No Kafka is named"),
            new Case(ExitCode.USAGE, "topics check --bootstrap-server nonsense", "nonsense"),
            new Case(ExitCode.USAGE, "topics check --bootstrap-server localhost:notaport", "notaport"),
            new Case(ExitCode.USAGE, "topics check --bootstrap-server localhost:99999", "99999"),
            new Case(
                    ExitCode.USAGE, "router --bootstrap-server nonsense --registry-url http://127.0.0.1:1", "nonsense"),
            new Case(ExitCode.USAGE, "deliverer --bootstrap-server 127.0.0.1:1", "No schema registry is named"),
            new Case(ExitCode.USAGE, "subscriptions apply no-such-file.yaml KAFKA", "no-such-file.yaml"),
            new Case(ExitCode.USAGE, "subscriptions pause no/id KAFKA", "no/id"),
            new Case(ExitCode.USAGE, "subscriptions list KAFKA --registry-url gopher://x", "gopher"),
            new Case(ExitCode.USAGE, "dead show nonsense KAFKA", "nonsense"),
            new Case(ExitCode.USAGE, "dead replay KAFKA", "Say which dead letters"),
            new Case(ExitCode.USAGE, "dead list --since yesterday KAFKA", "yesterday"),
            new Case(ExitCode.USAGE, "dead list --subscription no/id KAFKA", "no/id"),
            // 3: what was named does not exist.
            new Case(ExitCode.NOT_FOUND, "subscriptions show nobody KAFKA", "there is no subscription nobody"),
            new Case(ExitCode.NOT_FOUND, "subscriptions resume nobody KAFKA", "there is no subscription nobody"),
            new Case(ExitCode.NOT_FOUND, "subscriptions ping nobody KAFKA", "nobody"),
            new Case(ExitCode.NOT_FOUND, "dead list --subscription nobody KAFKA", "there is no subscription nobody"),
            new Case(
                    ExitCode.NOT_FOUND,
                    "dead list --subscription nobody --json KAFKA",
                    "there is no subscription nobody"),
            new Case(ExitCode.NOT_FOUND, "dead replay --subscription nobody KAFKA", "there is no subscription nobody"),
            new Case(ExitCode.NOT_FOUND, "dead show 0-5 KAFKA", "there is no dead letter 0-5"),
            new Case(ExitCode.NOT_FOUND, "emit t --data {} --schema latest KAFKA", "has no subject"),
            new Case(ExitCode.NOT_FOUND, "subscriptions list KAFKA --prefix nothing-here.", "topics create"),
            // 4: Kafka or the registry does not answer.
            new Case(ExitCode.UNREACHABLE, "topics check --bootstrap-server 127.0.0.1:1", "127.0.0.1:1"),
            new Case(ExitCode.UNREACHABLE, "topics check --bootstrap-server no-such-host.invalid:9092", "no-such-host"),
            new Case(
                    ExitCode.UNREACHABLE,
                    "subscriptions apply crm.yaml KAFKA --registry-url http://127.0.0.1:1",
                    "127.0.0.1:1"),
            new Case(ExitCode.UNREACHABLE, "router KAFKA --registry-url http://127.0.0.1:1", "127.0.0.1:1"),
            new Case(ExitCode.UNREACHABLE, "deliverer KAFKA --registry-url http://127.0.0.1:1", "127.0.0.1:1"),
            // 5: somebody else changed or holds it.
            new Case(ExitCode.CONFLICT, "topics create --partitions 7 KAFKA", "7"));

    @TempDir
    Path home;

    @Test
    void shouldEndEachMistakeWithItsCode(KafkaSpace space) throws Exception {
        Path crm = Files.writeString(
                home.resolve("crm.yaml"), "id: crm\ntenant: t\nurl: https://x.example\neventTypes: ['*']\n");
        try (OpsKafka ops = new OpsKafka(space, 2)) {
            String connection = "--bootstrap-server " + ops.servers
                    + " --registry-url " + ops.registry.url()
                    + " --prefix " + ops.prefix;
            List<String> wrong = new ArrayList<>();
            for (Case one : CASES) {
                String line = one.commandLine.replace("crm.yaml", crm.toString());
                Ran ran = CommandLineFixture.without(home).run(words(line, connection));
                if (ran.exitCode() != one.exitCode
                        || !(ran.out() + ran.err()).contains(one.said)
                        || ran.err().contains("\tat ")) {
                    wrong.add(one + " ended with " + ran.exitCode() + ": " + ran.err());
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    /** A later option of the same name wins, so a case may replace a part of the connection. */
    private static String[] words(String line, String connection) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.addAll(word.equals("KAFKA") ? List.of(connection.split(" ", -1)) : List.of(word));
            }
        }
        for (int i = 0; i < words.size(); i++) {
            int later = words.lastIndexOf(words.get(i));
            if (words.get(i).startsWith("--") && later > i) {
                words.subList(i, i + 2).clear();
            }
        }
        return words.toArray(String[]::new);
    }
}
