package io.hookline.ops.command;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.ReplayPlan;
import io.hookline.ops.replay.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replay list}. */
@Command(
        name = "list",
        description = {
            "List replays of the event topics that have not ended, with how far they are.",
            "One that has not said anything for 15 seconds is shown as interrupted: 'replay resume' continues it."
        },
        footer = {"", "Examples:", "  hookline replay list", "  hookline replay list --all --json"})
public final class ReplayList extends KafkaCommand {
    private static final Duration SILENT_MAX = Duration.ofSeconds(15);
    private static final String INTERRUPTED = "interrupted";

    @Option(names = "--all", description = "Also those that are finished or cancelled.")
    boolean all;

    public ReplayList(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        List<Replay> replays;
        try (ReplayStore store = new ReplayStore(kafka)) {
            replays = store.all();
        }
        Instant now = Clock.systemUTC().instant();
        Table table = new Table(
                console,
                "ID",
                "SUBSCRIPTION",
                "STATE",
                ">DONE",
                ">DELIVERIES",
                "STARTED",
                "LAST SEEN",
                "BY",
                "REQUEST");
        for (Replay replay : replays) {
            if (!all && replay.getStatus() != ReplayStatus.RUNNING) {
                continue;
            }
            String state = state(replay, now);
            if (common.json()) {
                Map<String, Object> facts = ReplayRunner.facts(replay);
                facts.put("status", state);
                console.json(facts);
            } else {
                table.row(
                        replay.getId(),
                        replay.getSubscription(),
                        state,
                        percent(replay),
                        replay.getDeliveries(),
                        replay.getStartedAt(),
                        replay.getUpdatedAt(),
                        replay.getUpdatedBy(),
                        replay.getRequest());
            }
        }
        table.end();
        if (table.rows() == 0 && !common.json()) {
            console.say(all ? "No replays." : "No replay is under way; those that ended are shown with --all.");
        }
        return ExitCode.OK;
    }

    static String state(Replay replay, Instant now) {
        boolean silent = replay.getUpdatedAt().isBefore(now.minus(SILENT_MAX));
        return replay.getStatus() == ReplayStatus.RUNNING && silent
                ? INTERRUPTED
                : replay.getStatus().name().toLowerCase(Locale.ROOT);
    }

    private static String percent(Replay replay) {
        long total = ReplayPlan.total(replay);
        long done = total - ReplayPlan.left(replay);
        return (total == 0 ? 100 : done * 100 / total) + " %";
    }
}
