package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Words;
import io.hookline.ops.dead.DeadDiscard;
import io.hookline.ops.dead.DeadLetterId;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.dead.ReplayTakenOverException;
import io.hookline.ops.kafka.KafkaConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead discard}. */
@Command(
        name = "discard",
        description = {
            "Mark dead letters as not to be replayed, and record why: all that the options select, or those named by id.",
            "Nothing is deleted: 'dead list --all' and 'dead show' still have them, with the reason and who gave it, and 'dead replay --again'"
                    + " takes it back. Where a dead letter that is named does not exist, nothing is discarded and the command ends with 3."
        },
        footer = {
            "",
            "Examples:",
            "  hookline dead discard --subscription crm --since 2h --because 'test data' --dry-run",
            "  hookline dead discard 3-1042 --because 'refunded by hand, ticket 881'"
        })
public final class DeadDiscardCommand extends KafkaCommand {
    private static final int NOTE_CHARS_MAX = 1_000;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of dead letters, as 'dead list' shows them.")
    List<String> ids = List.of();

    @Mixin
    DeadSelection selection = new DeadSelection();

    @Option(names = "--everything", description = "Discard all dead letters of all subscriptions.")
    boolean everything;

    @Option(names = "--because", paramLabel = "TEXT", required = true, description = "Why; recorded with each.")
    String note = "";

    @Option(names = "--dry-run", description = "Count what would be discarded; write nothing.")
    boolean dryRun;

    private DeadLetterQuery query = DeadLetterQuery.OPEN;

    public DeadDiscardCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        query = selection.query(ids, false, Clock.systemUTC());
        if (query.isEverything() != everything) {
            throw new CommandException(
                    ExitCode.USAGE,
                    everything
                            ? "--everything does not go with ids or other options that select: leave one of them away."
                            : "Say which dead letters: name ids, or use --subscription, --tenant, --type, --reason, --since, --until; all"
                                    + " of them with --everything.");
        }
        if (note.isBlank() || note.length() > NOTE_CHARS_MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "--because is not usable: say why in 1 to " + NOTE_CHARS_MAX + " characters.");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        refuseUnknown(kafka);
        DeadDiscard.Result result;
        try (Progress progress = Progress.start(console, "Discarding", -1, "dead letters")) {
            result = new DeadDiscard(kafka, Clock.systemUTC(), note.strip()).run(query, dryRun, progress::step);
        } catch (ReplayTakenOverException e) {
            throw new CommandException(ExitCode.CONFLICT, String.valueOf(e.getMessage()));
        }
        if (result.discarded() + result.doneBefore() == 0) {
            selection.requireSubscription(kafka);
        }
        if (common.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("dryRun", dryRun);
            facts.put("discarded", result.discarded());
            facts.put("doneBefore", result.doneBefore());
            console.json(facts);
            return ExitCode.OK;
        }
        console.line(Words.count(result.discarded(), "dead letter") + (dryRun ? " would be discarded" : " discarded"));
        if (result.doneBefore() > 0) {
            console.say(Words.count(result.doneBefore(), "dead letter") + " left out: replayed or discarded before.");
        }
        return ExitCode.OK;
    }

    private void refuseUnknown(KafkaConnection kafka) {
        if (query.ids().isEmpty()) {
            return;
        }
        try (DeadLetters dead = new DeadLetters(kafka)) {
            List<DeadLetterId> missing = dead.missing(query.ids());
            if (!missing.isEmpty()) {
                missing.forEach(id -> console.say("error: there is no dead letter " + id
                        + ": not yet, or its retention is over. See 'hookline dead list'."));
                throw new CommandException(ExitCode.NOT_FOUND, "Nothing was discarded.");
            }
        }
    }
}
