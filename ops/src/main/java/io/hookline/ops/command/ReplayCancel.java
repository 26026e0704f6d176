package io.hookline.ops.command;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.LogReplay;
import io.hookline.ops.replay.ReplayStore;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay cancel}. */
@Command(
        name = "cancel",
        description = {
            "End a replay, wherever it runs: nothing more is written for it. What was written before is delivered.",
            "Ends with 5 where it had ended before."
        },
        footer = {"", "Examples:", "  hookline replay cancel replay_20261124T083000Z_1k3x9a"})
public final class ReplayCancel extends KafkaCommand {
    @Parameters(paramLabel = "ID", description = "Replay id, as 'replay list' shows it.")
    String id = "";

    @Option(names = "--dry-run", description = "Say what would be cancelled; change nothing.")
    boolean dryRun;

    public ReplayCancel(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        try (ReplayStore store = new ReplayStore(kafka)) {
            Optional<Replay> before = store.get(id);
            if (before.isEmpty()) {
                throw new CommandException(
                        ExitCode.NOT_FOUND, "There is no replay " + id + ". See 'hookline replay list --all'.");
            }
            if (before.get().getStatus() != ReplayStatus.RUNNING) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "Replay " + id + " had ended before: it was "
                                + before.get().getStatus().name().toLowerCase(Locale.ROOT) + " at "
                                + before.get().getUpdatedAt() + ".");
            }
            Replay now = dryRun
                    ? before.get()
                    : LogReplay.cancel(kafka, store, Clock.systemUTC(), id).orElseThrow();
            print(now);
            return dryRun || now.getStatus() == ReplayStatus.CANCELLED ? ExitCode.OK : ExitCode.CONFLICT;
        }
    }

    private void print(Replay now) {
        if (common.json()) {
            Map<String, Object> facts = ReplayRunner.facts(now);
            facts.put("dryRun", dryRun);
            console.json(facts);
            return;
        }
        String became = dryRun ? "would be cancelled" : now.getStatus().name().toLowerCase(Locale.ROOT);
        console.line(id + " " + became + " after " + Words.count(now.getDeliveries(), "delivery"));
    }
}
