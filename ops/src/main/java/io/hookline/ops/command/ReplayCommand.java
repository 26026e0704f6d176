package io.hookline.ops.command;

import io.hookline.avro.Replay;
import io.hookline.avro.Subscription;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.Piece;
import io.hookline.ops.replay.ReplayId;
import io.hookline.ops.replay.ReplayPlan;
import io.hookline.ops.replay.ReplayRequest;
import io.hookline.ops.replay.ReplayStore;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.match.TypePattern;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}. */
@Command(
        name = "replay",
        description = {
            "Deliver events of the past to one subscription: reads the event topics again, by time or by offset, and delivers what"
                    + " matches the subscription as it is now, also what it never matched before or what is older than it is.",
            "Deliveries keep their webhook-id and carry a webhook-replay header. They have slots of their own: live traffic is not delayed.",
            "Interrupted, even by kill -9, the same command continues where it stopped, and every event is delivered once; 'replay resume'"
                    + " does the same from another machine, 'replay cancel' ends it from any."
        },
        footer = {
            "",
            "Examples:",
            "  hookline replay --subscription crm --from 2h --dry-run",
            "  hookline replay --subscription crm --from 2026-11-24T08:00:00Z --to 2026-11-24T09:30:00Z --rate 200",
            "  hookline replay --subscription crm --from 1d --type order_created --filter '{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}'",
            "  hookline replay --subscription crm --offsets order_created-3:100-200"
        })
public final class ReplayCommand extends KafkaCommand {
    @Option(names = "--subscription", paramLabel = "ID", description = "To which subscription.")
    @Nullable
    String subscription;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Events recorded since: how long ago (30m, 2d), or an RFC 3339 time.")
    @Nullable
    String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Events recorded before: the same. Default: up to what is there at the start.")
    @Nullable
    String to;

    @Option(
            names = "--offsets",
            paramLabel = "TYPE-P:FIRST-LAST",
            description = "Instead of --from: this piece of a partition of an event topic; may be repeated.")
    List<String> offsets = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only events of these types, as a subscription names them; several separated by commas.")
    List<String> types = List.of();

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description = "Only events that match this event pattern as well.")
    @Nullable
    String filter;

    @Option(
            names = "--ignore-filter",
            description = "The subscription's own filter does not count; its event types and tenant do.")
    boolean ignoreFilter;

    @Mixin
    RateOption rate = new RateOption();

    @Option(names = "--new", description = "Begin anew even where the same replay was interrupted.")
    boolean anew;

    @Option(names = "--dry-run", description = "Count exactly what would be delivered, by event type; write nothing.")
    boolean dryRun;

    private @Nullable ReplayRequest request;

    public ReplayCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        rate.check();
        String id = subscription;
        if (id == null) {
            throw usage("--subscription is missing: say to which subscription events are to be delivered.");
        }
        if (!SubscriptionPartition.isId(id)) {
            throw usage("--subscription '" + id
                    + "' cannot be a subscription id: 1 to 64 of A-Z a-z 0-9 _ - are accepted.");
        }
        if ((from == null) == offsets.isEmpty()) {
            throw usage(
                    "Say which events: either --from TIME (with --to TIME or without), or --offsets TYPE-P:FIRST-LAST.");
        }
        if (to != null && from == null) {
            throw usage("--to does not go with --offsets: leave one of them away.");
        }
        Instant now = Clock.systemUTC().instant();
        Instant start = DeadSelection.time("--from", from, now);
        Instant end = DeadSelection.time("--to", to, now);
        if (start != null && end != null && !start.isBefore(end)) {
            throw usage("--from " + from + " is not before --to " + to + ": nothing lies between them.");
        }
        types.forEach(ReplayCommand::checkType);
        checkFilter();
        request = new ReplayRequest(id, start, end, pieces(), types, filter, ignoreFilter, rate.perSecond(), words(id));
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (String text : offsets) {
            try {
                pieces.add(Piece.parse(text));
            } catch (IllegalArgumentException e) {
                throw usage("--offsets '" + text + "' is not usable: " + e.getMessage() + ".");
            }
        }
        return pieces;
    }

    private static void checkType(String type) {
        try {
            var unused = TypePattern.parse(type);
        } catch (IllegalArgumentException e) {
            throw usage("--type: " + e.getMessage());
        }
    }

    private void checkFilter() {
        try {
            if (filter != null) {
                var unused = Filter.parse(filter);
            }
        } catch (InvalidFilterException e) {
            throw usage("--filter is not usable: " + e.getMessage());
        }
    }

    /** What is asked for, always in the same order: by it an interrupted replay is found again. */
    private String words(String id) {
        StringBuilder words = new StringBuilder("--subscription ").append(id);
        append(words, "--from", from);
        append(words, "--to", to);
        offsets.forEach(piece -> append(words, "--offsets", piece));
        types.forEach(type -> append(words, "--type", type));
        append(words, "--filter", filter);
        return ignoreFilter ? words + " --ignore-filter" : words.toString();
    }

    private static void append(StringBuilder words, String name, @Nullable String value) {
        if (value != null) {
            words.append(' ').append(name).append(' ').append(value);
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        ReplayRequest wanted = java.util.Objects.requireNonNull(request);
        StoredSubscription stored = ReplayTarget.open(kafka, wanted.subscription(), !dryRun);
        Subscription target = java.util.Objects.requireNonNull(stored.subscription());
        try (ReplayStore store = new ReplayStore(kafka)) {
            Optional<Replay> interrupted = anew ? Optional.empty() : store.unfinished(wanted.words());
            interrupted.ifPresent(this::announce);
            Replay replay = interrupted.orElseGet(() -> plan(kafka, wanted, target));
            ReplayRunner runner = new ReplayRunner(console, common.json());
            return dryRun
                    ? runner.count(kafka, replay)
                    : runner.run(kafka, store, replay, wanted.rate(), stored.offset());
        }
    }

    private static Replay plan(KafkaConnection kafka, ReplayRequest wanted, Subscription target) {
        Instant now = Clock.systemUTC().instant();
        try {
            return ReplayPlan.of(kafka, wanted, target, ReplayId.next(now, RandomGenerator.getDefault()), now);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void announce(Replay replay) {
        console.say("Continuing " + replay.getId() + ", started " + replay.getStartedAt() + " by "
                + replay.getStartedBy() + ": " + Words.count(replay.getDeliveries(), "delivery")
                + " written so far. To begin anew instead: --new");
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
