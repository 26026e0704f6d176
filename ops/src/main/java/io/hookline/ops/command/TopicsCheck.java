package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.topic.Finding;
import io.hookline.ops.topic.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code topics check}. */
@Command(
        name = "check",
        description = {
            "Compare every topic and setting with what Hookline relies on, and say how to mend each difference.",
            "Ends with 1 where there is a problem, with 0 where there are only notes."
        },
        footer = {"", "Examples:", "  hookline topics check --bootstrap-server kafka1:9092"})
public final class TopicsCheck extends KafkaCommand {
    public TopicsCheck(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        List<Finding> findings = new Topics(kafka).check();
        if (common.json()) {
            findings.forEach(console::json);
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(Finding::problem) ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(List<Finding> findings) {
        Table table = new Table(console, "SEVERITY", "TOPIC", "WHAT", "FOUND", "EXPECTED");
        findings.stream()
                .filter(Finding::problem)
                .forEach(f -> table.row("problem", f.topic(), f.what(), f.found(), f.expected()));
        // The same note about many topics is one line.
        findings.stream()
                .filter(f -> !f.problem())
                .collect(Collectors.groupingBy(
                        f -> List.of(f.what(), f.found(), f.expected()), LinkedHashMap::new, Collectors.toList()))
                .forEach((what, same) -> table.row(
                        "note",
                        same.size() == 1 ? same.get(0).topic() : "(" + same.size() + " topics)",
                        what.get(0),
                        what.get(1),
                        what.get(2)));
        table.end();
        List<String> mends = findings.stream()
                .filter(Finding::problem)
                .map(Finding::mend)
                .distinct()
                .toList();
        if (!mends.isEmpty()) {
            console.say("To mend:");
            mends.forEach(mend -> console.say("  " + mend));
        } else {
            console.say("All topics are as Hookline needs them"
                    + (findings.isEmpty() ? "." : "; the notes deserve a look."));
        }
    }
}
