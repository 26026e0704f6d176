package io.hookline.ops.command;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.LogReplay;
import io.hookline.ops.replay.ReplayEndedException;
import io.hookline.ops.replay.ReplayPlan;
import io.hookline.ops.replay.ReplayStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs or counts a replay and shows it. */
final class ReplayRunner {
    private final Console console;
    private final boolean json;

    ReplayRunner(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int run(KafkaConnection kafka, ReplayStore store, Replay replay, int rate, long subscriptionsOffset) {
        Replay end;
        long total = ReplayPlan.total(replay);
        try (Progress progress = Progress.start(console, "Replaying", total, "events")) {
            end = new LogReplay(kafka, store, Clock.systemUTC())
                    .run(replay, rate, subscriptionsOffset, now -> progress.at(total - ReplayPlan.left(now)));
        } catch (ReplayEndedException e) {
            throw new CommandException(ExitCode.CONFLICT, String.valueOf(e.getMessage()));
        }
        if (json) {
            console.json(facts(end));
        } else {
            console.line(Words.count(end.getDeliveries(), "delivery") + " of " + Words.count(end.getEvents(), "event")
                    + " written to be replayed as " + end.getId());
        }
        if (end.getUnreadable() > 0) {
            console.warn(Words.count(end.getUnreadable(), "event")
                    + " left out, which cannot be routed (see the log lines above).");
        }
        if (end.getStatus() == ReplayStatus.CANCELLED) {
            console.say("It was cancelled by " + end.getUpdatedBy() + ".");
            return ExitCode.CONFLICT;
        }
        return ExitCode.OK;
    }

    int count(KafkaConnection kafka, Replay replay) {
        ReplayPlan.Count count;
        try (Progress progress = Progress.start(console, "Counting", ReplayPlan.left(replay), "events")) {
            count = ReplayPlan.count(kafka, replay, progress::step);
        }
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("subscription", replay.getSubscription());
            facts.put("dryRun", true);
            facts.put("events", count.events());
            facts.put("deliveries", count.deliveries());
            facts.put("unreadable", count.unreadable());
            facts.put("byType", count.byType());
            console.json(facts);
            return ExitCode.OK;
        }
        Table table = new Table(console, "TYPE", ">DELIVERIES");
        count.byType().forEach(table::row);
        table.end();
        console.line(Words.count(count.deliveries(), "delivery") + " of " + Words.count(count.events(), "event")
                + " would be written");
        if (count.unreadable() > 0) {
            console.warn(Words.count(count.unreadable(), "event") + " could not be routed and would be left out.");
        }
        return ExitCode.OK;
    }

    /** How a replay stands, for JSON. */
    static Map<String, Object> facts(Replay replay) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("replayId", replay.getId());
        facts.put("subscription", replay.getSubscription());
        facts.put("status", replay.getStatus().name().toLowerCase(Locale.ROOT));
        facts.put("request", replay.getRequest());
        facts.put("events", replay.getEvents());
        facts.put("deliveries", replay.getDeliveries());
        facts.put("unreadable", replay.getUnreadable());
        facts.put("offsetsLeft", ReplayPlan.left(replay));
        facts.put("offsets", ReplayPlan.total(replay));
        facts.put("startedAt", replay.getStartedAt().toString());
        facts.put("startedBy", replay.getStartedBy());
        facts.put("updatedAt", replay.getUpdatedAt().toString());
        facts.put("updatedBy", replay.getUpdatedBy());
        return facts;
    }
}
