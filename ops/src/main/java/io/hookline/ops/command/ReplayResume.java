package io.hookline.ops.command;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.ReplayStore;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay resume}. */
@Command(
        name = "resume",
        description = {
            "Continue a replay that was interrupted, from where it stopped. One that still runs elsewhere is taken over and ends there.",
            "What must match is as it was when the replay was started."
        },
        footer = {"", "Examples:", "  hookline replay resume replay_20261124T083000Z_1k3x9a --rate 200"})
public final class ReplayResume extends KafkaCommand {
    @Parameters(paramLabel = "ID", description = "Replay id, as 'replay list' shows it.")
    String id = "";

    @Mixin
    RateOption rate = new RateOption();

    @Option(names = "--dry-run", description = "Count what is left; write nothing.")
    boolean dryRun;

    public ReplayResume(Console console) {
        super(console);
    }

    @Override
    void check() {
        rate.check();
    }

    @Override
    int run(KafkaConnection kafka) {
        try (ReplayStore store = new ReplayStore(kafka)) {
            Replay replay = store.get(id)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NOT_FOUND, "There is no replay " + id + ". See 'hookline replay list --all'."));
            if (replay.getStatus() != ReplayStatus.RUNNING) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "Replay " + id + " has ended: it was "
                                + replay.getStatus().name().toLowerCase(Locale.ROOT) + " at " + replay.getUpdatedAt()
                                + ".");
            }
            long offset =
                    ReplayTarget.open(kafka, replay.getSubscription(), !dryRun).offset();
            ReplayRunner runner = new ReplayRunner(console, common.json());
            return dryRun ? runner.count(kafka, replay) : runner.run(kafka, store, replay, rate.perSecond(), offset);
        }
    }
}
