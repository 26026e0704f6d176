package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.cli.Words;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadLetterRow;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.event.DeadLetterHeaders.Summary;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dead list}. */
@Command(
        name = "list",
        description = {
            "Count dead letters by subscription, type and reason, then show the newest.",
            "Those that were replayed or discarded are left out unless --all is given. With --json, one object for each, oldest first in"
                    + " each partition; with --json --count, the counts."
        },
        footer = {
            "",
            "Examples:",
            "  hookline dead list --subscription crm --since 1h",
            "  hookline dead list --reason timeout,connect_failed --count"
        })
public final class DeadList extends KafkaCommand {
    private static final int LIMIT_MAX = 100_000;

    @Mixin
    DeadSelection selection = new DeadSelection();

    @Option(names = "--all", description = "Also those that were replayed or discarded.")
    boolean all;

    @Option(names = "--count", description = "Counts only.")
    boolean countOnly;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rows to show, the newest. Default: 20.")
    int limit = 20;

    private DeadLetterQuery query = DeadLetterQuery.OPEN;

    public DeadList(Console console) {
        super(console);
    }

    @Override
    void check() {
        query = selection.query(List.of(), all, Clock.systemUTC());
        if (limit < 0 || limit > LIMIT_MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "--limit " + limit + " is not usable: choose 0 to " + LIMIT_MAX + ".");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        DeadTally tally = new DeadTally(limit);
        boolean[] found = {false};
        boolean stream = common.json() && !countOnly;
        try (DeadLetters dead = new DeadLetters(kafka);
                Progress progress = Progress.start(console, "Reading", -1, "dead letters")) {
            dead.list(query, row -> {
                progress.step(1);
                found[0] = true;
                if (stream) {
                    console.json(json(row));
                } else {
                    tally.add(row);
                }
            });
        }
        if (!found[0]) {
            selection.requireSubscription(kafka);
        }
        if (!stream) {
            print(tally);
        }
        return ExitCode.OK;
    }

    private void print(DeadTally tally) {
        Table counts = new Table(console, "SUBSCRIPTION", "TYPE", "REASON", ">DELIVERIES", "NEWEST");
        tally.counts().forEach(entry -> {
            DeadTally.Key key = entry.getKey();
            DeadTally.Count count = entry.getValue();
            if (common.json()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("subscription", key.subscription());
                row.put("type", key.type());
                row.put("reason", key.reason());
                row.put("deliveries", count.deliveries());
                row.put("newest", count.newest().toString());
                console.json(row);
            } else {
                counts.row(key.subscription(), key.type(), key.reason(), count.deliveries(), count.newest());
            }
        });
        counts.end();
        if (common.json()) {
            return;
        }
        if (!countOnly && tally.deliveries() > 0 && limit > 0) {
            console.line("");
            printRows(tally.newest());
        }
        console.say(
                tally.deliveries() == 0
                        ? "No dead letters."
                        : Words.count(tally.deliveries(), "dead delivery") + " in all.");
    }

    private void printRows(List<DeadLetterRow> rows) {
        Table table = new Table(
                console,
                "ID",
                "RECORDED",
                "SUBSCRIPTION",
                "TENANT",
                "TYPE",
                "REASON",
                ">STATUS",
                ">ATTEMPTS",
                "STATE",
                "WEBHOOK ID");
        for (DeadLetterRow row : rows) {
            Summary s = row.summary();
            table.row(
                    row.id(),
                    row.recordedAt(),
                    s.subscription(),
                    s.tenant(),
                    s.type(),
                    s.reason().name().toLowerCase(Locale.ROOT),
                    s.status(),
                    s.attempts(),
                    row.state().name().toLowerCase(Locale.ROOT),
                    s.webhookId());
        }
        table.end();
    }

    static Map<String, Object> json(DeadLetterRow row) {
        Summary summary = row.summary();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id().toString());
        json.put("recordedAt", row.recordedAt().toString());
        json.put("subscription", summary.subscription());
        json.put("tenant", summary.tenant());
        json.put("type", summary.type());
        json.put("cause", summary.cause().name().toLowerCase(Locale.ROOT));
        json.put("reason", summary.reason().name().toLowerCase(Locale.ROOT));
        json.put("status", summary.status());
        json.put("attempts", summary.attempts());
        json.put("state", row.state().name().toLowerCase(Locale.ROOT));
        json.put("webhookId", summary.webhookId());
        json.put("deliveries", summary.count());
        return json;
    }
}
