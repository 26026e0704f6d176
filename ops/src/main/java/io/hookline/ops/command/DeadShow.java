package io.hookline.ops.command;

import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadMark;
import io.hookline.avro.Delivery;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import io.hookline.ops.dead.AttemptHistory;
import io.hookline.ops.dead.DeadLetterId;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.dead.DeadLetters.Found;
import io.hookline.ops.dead.EventText;
import io.hookline.ops.kafka.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dead show}. */
@Command(
        name = "show",
        description = "Show dead letters: why, every attempt that is still recorded, the last answer, and the event.",
        footer = {"", "Examples:", "  hookline dead show 3-1042", "  hookline dead show 3-1042 --json | jq .event"})
public final class DeadShow extends KafkaCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of dead letters, as 'dead list' shows them.")
    List<String> ids = List.of();

    private List<DeadLetterId> parsed = List.of();

    public DeadShow(Console console) {
        super(console);
    }

    @Override
    void check() {
        try {
            parsed = ids.stream().map(DeadLetterId::parse).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        int exitCode = ExitCode.OK;
        try (DeadLetters dead = new DeadLetters(kafka);
                AttemptHistory history = new AttemptHistory(kafka)) {
            for (DeadLetterId id : parsed) {
                Optional<Found> found = dead.get(id);
                if (found.isPresent()) {
                    print(found.get(), dead.mark(id), history, new EventText(kafka));
                } else {
                    console.say("error: there is no dead letter " + id + ": not yet, or its retention is over."
                            + " See 'hookline dead list'.");
                    exitCode = ExitCode.NOT_FOUND;
                }
            }
        }
        return exitCode;
    }

    private void print(Found found, @Nullable DeadMark mark, AttemptHistory history, EventText events) {
        DeadLetter letter = found.letter();
        Map<String, @Nullable Object> facts = DeadFacts.of(found);
        if (mark != null) {
            facts.put("markedAt", mark.getMarkedAt().toString());
            facts.put("markedBy", mark.getMarkedBy());
            facts.put("replayId", mark.getReplayId());
            facts.put("discardedBecause", mark.getNote().isEmpty() ? null : mark.getNote());
        }
        Delivery delivery = letter.getDelivery();
        List<Map<String, @Nullable Object>> attempts = history.of(letter);
        Object event = delivery == null ? null : events.of(delivery);
        if (common.json()) {
            facts.put("attemptsMade", attempts);
            facts.put("event", event);
            console.json(facts);
            return;
        }
        facts.forEach((name, value) -> {
            if (value != null && !value.toString().isEmpty()) {
                console.line(String.format("%-17s %s", name, value.toString().replaceAll("[\\p{Cntrl}&&[^\n]]", "?")));
            }
        });
        if (!attempts.isEmpty()) {
            console.line("attempts recorded");
            Table table =
                    new Table(console, ">ATTEMPT", "STARTED", ">LATENCY MS", ">STATUS", "REASON", "NEXT", "DETAIL");
            attempts.forEach(attempt -> table.row(attempt.values().toArray()));
            table.end();
        }
        if (event != null) {
            console.line("event");
            console.line(events.pretty(event));
        }
        console.line("");
    }
}
