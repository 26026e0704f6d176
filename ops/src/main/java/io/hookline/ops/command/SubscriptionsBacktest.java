package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.ops.backtest.Backtest;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.cli.TextFiles;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.SubscriptionDocument;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions backtest}. */
@Command(
        name = "backtest",
        description = {
            "Say what subscriptions of a file would have received in the past: how many events match, of which types, and the bodies that"
                    + " their endpoints would get, with the errors of transforms. Nothing is written or sent.",
            "With --json, one object a subscription. Ends with 1 where a body could not be made."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions backtest --file crm.yaml --last 24h",
            "  hookline subscriptions backtest --file crm.yaml --last 7d --samples 0 --json"
        })
public final class SubscriptionsBacktest extends KafkaCommand {
    private static final int SAMPLES_MAX = 1_000;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "Documents as 'subscriptions apply' takes them; - for standard input.")
    String file = "";

    @Option(
            names = {"--last", "--since"},
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "Events recorded since: how long ago (30m, 2d), or an RFC 3339 time. Default: 24h.")
    String since = "24h";

    @Option(names = "--until", paramLabel = "TIME", description = "Events recorded before: the same.")
    @Nullable
    String until;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "3",
            description = "Bodies to show of each subscription; those with errors come first. Default: 3.")
    int samples = 3;

    private List<Subscription> subscriptions = List.of();
    private Instant from = Instant.EPOCH;
    private @Nullable Instant to;

    public SubscriptionsBacktest(Console console) {
        super(console);
    }

    @Override
    void check() {
        Instant now = Clock.systemUTC().instant();
        from = Objects.requireNonNull(DeadSelection.time("--last", since, now));
        to = DeadSelection.time("--until", until, now);
        if (samples < 0 || samples > SAMPLES_MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "--samples " + samples + " is not usable: choose 0 to " + SAMPLES_MAX + ".");
        }
        SubscriptionDocument.Parsed parsed =
                SubscriptionDocument.parse(file.equals("-") ? "(standard input)" : file, TextFiles.read(console, file));
        if (!parsed.problems().isEmpty()) {
            parsed.problems().forEach(problem -> console.say("error: " + problem));
            throw new CommandException(
                    ExitCode.USAGE, Words.count(parsed.problems().size(), "problem") + ".");
        }
        subscriptions =
                parsed.documents().stream().map(SubscriptionDocument::template).toList();
        if (subscriptions.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "There is no document in " + file + ".");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        Map<String, String> settings = connection.settings(console);
        boolean isWell = true;
        for (Subscription subscription : subscriptions) {
            Backtest.Result result;
            try (Progress progress = Progress.start(console, subscription.getId(), -1, "events")) {
                result = Backtest.run(kafka, subscription, settings, from, to, samples, progress::step);
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.USAGE, "Subscription " + subscription.getId() + ": " + e.getMessage());
            }
            print(subscription.getId(), result);
            isWell &= result.errors().isEmpty();
        }
        return isWell ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(String id, Backtest.Result result) {
        if (common.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("subscription", id);
            facts.put("events", result.events());
            facts.put("matched", result.matched());
            facts.put("rendered", result.rendered());
            facts.put("unreadable", result.unreadable());
            facts.put("bodyBytes", result.bodyBytes());
            facts.put("byType", new TreeMap<>(result.byType()));
            facts.put("errors", new TreeMap<>(result.errors()));
            facts.put(
                    "samples",
                    result.samples().stream().map(SubscriptionsBacktest::json).toList());
            console.json(facts);
            return;
        }
        console.line(id + ": " + result.matched() + " of " + Words.count(result.events(), "event") + " match");
        Table types = new Table(console, "TYPE", ">EVENTS");
        new TreeMap<>(result.byType()).forEach(types::row);
        types.end();
        Table errors = new Table(console, "ERROR", ">EVENTS");
        new TreeMap<>(result.errors()).forEach(errors::row);
        errors.end();
        for (Backtest.Sample sample : result.samples()) {
            console.line("");
            console.line(sample.position() + "  " + sample.recordedAt() + "  " + sample.type());
            console.line(
                    sample.error() == null
                            ? printable(String.valueOf(sample.body()))
                            : "error: " + printable(sample.error()));
        }
        if (result.unreadable() > 0) {
            console.warn(Words.count(result.unreadable(), "event") + " of the wanted types cannot be routed.");
        }
    }

    private static Map<String, @Nullable Object> json(Backtest.Sample sample) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("position", sample.position());
        json.put("recordedAt", sample.recordedAt().toString());
        json.put("type", sample.type());
        json.put("body", sample.body());
        json.put("error", sample.error());
        return json;
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
