package io.hookline.ops.command;

import io.hookline.ops.attempt.AttemptLog;
import io.hookline.ops.attempt.AttemptQuery;
import io.hookline.ops.attempt.EventLife;
import io.hookline.ops.attempt.LifeStep;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.id.WebhookId;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attempts}. */
@Command(
        name = "attempts",
        description = {
            "Count the HTTP requests of a time by subscription and result, then show the newest.",
            "With --event, the whole life of one event on its way to one subscription: emitted, routed, each attempt, the end. With --json, one"
                    + " object for each attempt or step, oldest first in each partition."
        },
        footer = {
            "",
            "Examples:",
            "  hookline attempts --subscription crm --last 1h --failed",
            "  hookline attempts --event msg_01JQ2Z9K6R0123456789ABCDEF",
            "  hookline attempts --subscription crm --watch"
        })
public final class AttemptsCommand extends KafkaCommand {
    private static final int LIMIT_MAX = 100_000;
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    @Option(
            names = "--subscription",
            paramLabel = "ID",
            description = "Of this subscription: reads its partition only. Default: of all.")
    @Nullable
    String subscription;

    @Option(
            names = {"--last", "--since"},
            paramLabel = "TIME",
            description =
                    "Recorded since: how long ago (30m, 2d), or an RFC 3339 time. Default: 1h; with --event, the event's time.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Recorded before: the same.")
    @Nullable
    String until;

    @Option(
            names = "--event",
            paramLabel = "WEBHOOK-ID",
            description = "The life of the delivery with this webhook-id.")
    @Nullable
    String event;

    @Option(names = "--failed", description = "Without those that delivered.")
    boolean failed;

    @Option(names = "--watch", description = "Show what is attempted from now on, until interrupted.")
    boolean watch;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rows to show, the newest. Default: 20.")
    int limit = 20;

    private @Nullable AttemptQuery query;

    public AttemptsCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        if (subscription != null && !SubscriptionPartition.isId(subscription)) {
            throw usage("--subscription '" + subscription
                    + "' cannot be a subscription id: 1 to 64 of A-Z a-z 0-9 _ - are accepted.");
        }
        if (limit < 0 || limit > LIMIT_MAX) {
            throw usage("--limit " + limit + " is not usable: choose 0 to " + LIMIT_MAX + ".");
        }
        if (event != null && (failed || watch || until != null)) {
            throw usage("--event does not go with --failed, --watch or --until: leave one of them away.");
        }
        if (watch && (since != null || until != null)) {
            throw usage("--watch begins now: leave --last, --since and --until away.");
        }
        Instant now = Clock.systemUTC().instant();
        Instant from = DeadSelection.time("--since", since == null ? "1h" : since, now);
        if (event != null) {
            Instant time = WebhookId.timeOf(event)
                    .orElseThrow(
                            () -> usage(
                                    "--event '" + event
                                            + "' is no webhook-id: msg_ and 26 characters are expected, as 'attempts' and 'dead list' show them."));
            from = since == null ? time.minus(CLOCKS_DIFFER_MAX) : from;
        }
        query = new AttemptQuery(subscription, event, failed, from, DeadSelection.time("--until", until, now));
    }

    @Override
    int run(KafkaConnection kafka) {
        AttemptQuery wanted = Objects.requireNonNull(query);
        if (event != null) {
            return life(kafka, event, Objects.requireNonNull(wanted.since()));
        }
        return watch ? follow(kafka, wanted) : list(kafka, wanted);
    }

    private int follow(KafkaConnection kafka, AttemptQuery wanted) {
        AttemptRows rows = new AttemptRows(console);
        if (!common.json()) {
            rows.begin();
        }
        try (AttemptLog log = new AttemptLog(kafka)) {
            log.follow(wanted, attempt -> {
                if (common.json()) {
                    console.json(AttemptRows.json(attempt));
                } else {
                    rows.row(attempt);
                    rows.end();
                }
            });
        }
        return ExitCode.OK;
    }

    private int list(KafkaConnection kafka, AttemptQuery wanted) {
        AttemptTally tally = new AttemptTally(limit);
        long unreadable;
        try (AttemptLog log = new AttemptLog(kafka);
                Progress progress = Progress.start(console, "Reading", -1, "attempts")) {
            unreadable = log.read(wanted, attempt -> {
                progress.step(1);
                tally.add(attempt);
                if (common.json()) {
                    console.json(AttemptRows.json(attempt));
                }
            });
        }
        if (tally.attempts() == 0 && subscription != null) {
            var unused = ReplayTarget.open(kafka, subscription, false);
        }
        if (!common.json()) {
            print(tally);
        }
        if (unreadable > 0) {
            console.warn(Words.count(unreadable, "attempt") + " left out: not readable (see the log lines above).");
        }
        return ExitCode.OK;
    }

    private void print(AttemptTally tally) {
        Table counts = new Table(console, "SUBSCRIPTION", "REASON", ">ATTEMPTS", ">MEAN MS", "NEWEST");
        tally.counts()
                .forEach(entry -> counts.row(
                        entry.getKey().subscription(),
                        entry.getKey().reason(),
                        entry.getValue().attempts(),
                        entry.getValue().latencyMsMean(),
                        entry.getValue().newest()));
        counts.end();
        if (tally.attempts() > 0 && limit > 0) {
            console.line("");
            AttemptRows rows = new AttemptRows(console);
            tally.newest().forEach(rows::row);
            rows.end();
        }
        console.say(tally.attempts() == 0 ? "No attempts." : Words.count(tally.attempts(), "attempt") + " in all.");
    }

    private int life(KafkaConnection kafka, String webhookId, Instant from) {
        List<LifeStep> steps = EventLife.of(kafka, webhookId, subscription, from);
        if (steps.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "Nothing is recorded of " + webhookId + " since " + from
                            + ": it never was, its retention is over, or its event's clock was ahead (--since looks further back).");
        }
        Table table = new Table(
                console, "TIME", "WHAT", ">ATTEMPT", ">STATUS", "REASON", ">LATENCY MS", "NEXT", "WHERE", "DETAIL");
        for (LifeStep step : steps) {
            if (common.json()) {
                console.json(json(step));
            } else {
                table.row(
                        step.at(),
                        step.what(),
                        step.attempt(),
                        step.status(),
                        step.reason(),
                        step.latencyMs(),
                        step.next(),
                        step.where(),
                        step.detail());
            }
        }
        table.end();
        return ExitCode.OK;
    }

    private static Map<String, @Nullable Object> json(LifeStep step) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", step.at().toString());
        json.put("what", step.what());
        json.put("attempt", step.attempt());
        json.put("status", step.status());
        json.put("reason", step.reason());
        json.put("latencyMs", step.latencyMs());
        json.put("next", step.next());
        json.put("where", step.where());
        json.put("detail", step.detail());
        return json;
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
