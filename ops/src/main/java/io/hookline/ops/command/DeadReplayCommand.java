package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Words;
import io.hookline.ops.dead.DeadLetterId;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.dead.DeadReplay;
import io.hookline.ops.dead.LeftOut;
import io.hookline.ops.dead.LeftOut.Cause;
import io.hookline.ops.dead.ReplayResult;
import io.hookline.ops.dead.ReplayTakenOverException;
import io.hookline.ops.kafka.KafkaConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead replay}. */
@Command(
        name = "replay",
        description = {
            "Deliver dead letters again: all that the options select, or those named by id.",
            "Each is replayed once, however often the command is run or interrupted: the transaction that replays it also marks it. The"
                    + " webhook-id stays the same, so that a receiver recognises what it already has. --again replays also what was"
                    + " replayed or discarded before; without it those are left out and counted, which is no failure.",
            "Where a dead letter that is named does not exist, nothing is replayed and the command ends with 3.",
            "Dead letters of a subscription that is deleted, paused or disabled are left as they are: nothing would be sent. Where nothing"
                    + " else was to be replayed, the command ends with 3 for deleted ones, with 5 for paused and disabled ones."
        },
        footer = {
            "",
            "Examples:",
            "  hookline dead replay --subscription crm --dry-run",
            "  hookline dead replay --subscription crm --since 2h",
            "  hookline dead replay 3-1042 3-1043"
        })
public final class DeadReplayCommand extends KafkaCommand {
    private static final int LEFT_OUT_SHOWN_MAX = 20;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of dead letters, as 'dead list' shows them.")
    List<String> ids = List.of();

    @Mixin
    DeadSelection selection = new DeadSelection();

    @Option(names = "--everything", description = "Replay all dead letters of all subscriptions.")
    boolean everything;

    @Option(names = "--again", description = "Also what was replayed or discarded before.")
    boolean again;

    @Mixin
    RateOption rate = new RateOption();

    @Option(names = "--dry-run", description = "Count what would be replayed; write nothing.")
    boolean dryRun;

    private DeadLetterQuery query = DeadLetterQuery.OPEN;

    public DeadReplayCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        rate.check();
        query = selection.query(ids, again, Clock.systemUTC());
        if (query.isEverything() != everything) {
            throw new CommandException(
                    ExitCode.USAGE,
                    everything
                            ? "--everything does not go with ids or other options that select: leave one of them away."
                            : "Say which dead letters: name ids, or use --subscription, --tenant, --type, --reason, --since, --until; all"
                                    + " of them with --everything.");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        refuseUnknown(kafka);
        ReplayResult result;
        try (Progress progress = Progress.start(console, "Replaying", -1, "dead letters")) {
            result = new DeadReplay(kafka).run(query, dryRun, rate.perSecond(), progress::step);
        } catch (ReplayTakenOverException e) {
            throw new CommandException(ExitCode.CONFLICT, String.valueOf(e.getMessage()));
        }
        print(result);
        if (result.unreadable() > 0) {
            return ExitCode.FAILED;
        }
        if (result.replayed() > 0) {
            return ExitCode.OK;
        }
        if (result.leftOut(Cause.PAUSED) + result.leftOut(Cause.DISABLED) > 0) {
            return ExitCode.CONFLICT;
        }
        if (result.leftOut(Cause.DELETED) > 0) {
            return ExitCode.NOT_FOUND;
        }
        if (result.met() == 0) {
            selection.requireSubscription(kafka);
        }
        return ExitCode.OK;
    }

    /** All or nothing: of a list with a wrong id in it nothing is replayed. */
    private void refuseUnknown(KafkaConnection kafka) {
        if (query.ids().isEmpty()) {
            return;
        }
        try (DeadLetters dead = new DeadLetters(kafka)) {
            List<DeadLetterId> missing = dead.missing(query.ids());
            if (!missing.isEmpty()) {
                missing.forEach(id -> console.say("error: there is no dead letter " + id
                        + ": not yet, or its retention is over. See 'hookline dead list'."));
                throw new CommandException(ExitCode.NOT_FOUND, "Nothing was replayed.");
            }
        }
    }

    private void print(ReplayResult result) {
        if (common.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("replayId", result.replayId());
            json.put("dryRun", dryRun);
            json.put("replayed", result.replayed());
            json.put("ranges", result.ranges());
            for (Cause cause : Cause.values()) {
                json.put(cause.name().toLowerCase(Locale.ROOT), result.leftOut(cause));
            }
            json.put("unreadable", result.unreadable());
            json.put("doneBefore", result.doneBefore());
            console.json(json);
            return;
        }
        String letters = Words.count(result.replayed(), "dead letter");
        String id = result.replayed() == 0 ? "" : " as " + result.replayId();
        console.line(letters + (dryRun ? " would be replayed" : " replayed" + id));
        tell(result.ranges(), "counted range", "left out: it holds no deliveries");
        result.leftOut().stream().limit(LEFT_OUT_SHOWN_MAX).forEach(this::tell);
        if (result.leftOut().size() > LEFT_OUT_SHOWN_MAX) {
            console.say("… and those of " + (result.leftOut().size() - LEFT_OUT_SHOWN_MAX) + " more subscriptions.");
        }
        tell(result.unreadable(), "dead letter", "left out: not readable (see the log lines above)");
        tell(
                result.doneBefore(),
                "dead letter",
                "left out: replayed or discarded before, as 'dead list --all' shows; --again replays it all the same");
        if (!query.ids().isEmpty()) {
            tell(
                    query.ids().size() - result.met(),
                    "dead letter",
                    "left out: named, but not what the other options select");
        }
    }

    private void tell(LeftOut out) {
        String id = out.subscription();
        String why = switch (out.cause()) {
            case DELETED -> "the subscription is deleted; apply it again to replay them";
            case PAUSED -> "it is paused; to let its deliveries go on: hookline subscriptions resume " + id;
            case DISABLED -> "it is disabled (" + out.detail() + "); to enable it: hookline subscriptions resume " + id;
        };
        console.say(Words.count(out.count(), "dead letter") + " of " + id + " left out: " + why);
    }

    private void tell(long count, String what, String why) {
        if (count > 0) {
            console.say(Words.count(count, what) + " " + why + ".");
        }
    }
}
