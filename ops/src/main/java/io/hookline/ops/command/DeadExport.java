package io.hookline.ops.command;

import io.hookline.avro.Delivery;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Words;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.dead.EventText;
import io.hookline.ops.kafka.KafkaConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead export}. */
@Command(
        name = "export",
        description = {
            "Print dead letters as newline-delimited JSON: all that 'dead show --json' has but the attempts, one object a line, oldest first"
                    + " in each partition.",
            "Those that were replayed or discarded are left out unless --all is given."
        },
        footer = {
            "",
            "Examples:",
            "  hookline dead export --subscription crm > crm-dead.ndjson",
            "  hookline dead export --since 1d | jq -r .event.orderId"
        })
public final class DeadExport extends KafkaCommand {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these, as 'dead list' shows them.")
    List<String> ids = List.of();

    @Mixin
    DeadSelection selection = new DeadSelection();

    @Option(names = "--all", description = "Also those that were replayed or discarded.")
    boolean all;

    private DeadLetterQuery query = DeadLetterQuery.OPEN;

    public DeadExport(Console console) {
        super(console);
    }

    @Override
    void check() {
        query = selection.query(ids, all, Clock.systemUTC());
    }

    @Override
    int run(KafkaConnection kafka) {
        EventText events = new EventText(kafka);
        long[] exported = {0};
        long unreadable;
        try (DeadLetters dead = new DeadLetters(kafka);
                Progress progress = Progress.start(console, "Exporting", -1, "dead letters")) {
            unreadable = dead.export(query, found -> {
                Map<String, @Nullable Object> facts = DeadFacts.of(found);
                Delivery delivery = found.letter().getDelivery();
                facts.put("event", delivery == null ? null : events.of(delivery));
                console.json(facts);
                exported[0]++;
                progress.step(1);
            });
        }
        if (exported[0] == 0) {
            selection.requireSubscription(kafka);
        }
        console.say(Words.count(exported[0], "dead letter") + " exported.");
        if (unreadable > 0) {
            console.warn(Words.count(unreadable, "dead letter") + " left out: not readable (see the log lines above).");
        }
        return unreadable == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
