package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.TextFiles;
import io.hookline.ops.emit.EventFile;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.RouteCheck;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.producer.Event;
import io.hookline.router.filter.EventAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code subscriptions test}. */
@Command(
        name = "test",
        description = {
            "Say for one event which subscriptions match it and, for one that does not, which condition fails and with what value.",
            "The event is a file as 'hookline emit' takes it: an envelope, or with --type its data alone. Nothing is emitted. Without ID,"
                    + " subscriptions to other event types or of other tenants are left out. With ID, it ends with 1 where one of them"
                    + " does not match."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions test --event event.json",
            "  echo '{\"amount\":120}' | hookline subscriptions test vip --event - --type order_created --tenant acme"
        })
public final class SubscriptionsTestCommand extends KafkaCommand {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these subscriptions.")
    List<String> ids = List.of();

    @Option(names = "--event", paramLabel = "FILE", required = true, description = "The event; - for standard input.")
    String file = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "The file is the data of an event of this type.")
    @Nullable
    String type;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose event it is.")
    @Nullable
    String tenant;

    private RouteCheck.@Nullable Sample sample;
    private int matching;
    private int others;

    public SubscriptionsTestCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        String text = TextFiles.read(console, file);
        try {
            Event event = EventFile.read(text, type, tenant);
            Instant time = event.time();
            sample = new RouteCheck.Sample(
                    new EventAttributes(
                            Objects.requireNonNull(event.type()),
                            event.source(),
                            event.subject(),
                            event.tenant(),
                            event.id(),
                            time == null ? null : time.toString()),
                    EventFile.data(event));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, (file.equals("-") ? "(standard input)" : file) + ": " + e.getMessage());
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        RouteCheck.Sample event = Objects.requireNonNull(sample);
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            if (ids.isEmpty()) {
                try (Progress progress = Progress.start(console, "Reading", -1, "subscriptions")) {
                    service.forEach(stored -> {
                        progress.step(1);
                        Subscription subscription = stored.subscription();
                        if (subscription != null && RouteCheck.isNear(subscription, event)) {
                            tell(subscription, RouteCheck.of(subscription, event));
                        }
                    });
                }
            } else {
                named(service.get(new LinkedHashSet<>(ids)), event);
            }
        }
        console.say(matching + (matching == 1 ? " subscription matches" : " subscriptions match") + ", " + others
                + (others == 1 ? " does not." : " do not."));
        return ids.isEmpty() || others == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void named(Map<String, StoredSubscription> stored, RouteCheck.Sample event) {
        for (String id : new LinkedHashSet<>(ids)) {
            StoredSubscription found = stored.get(id);
            if (found == null) {
                throw new CommandException(
                        ExitCode.NOT_FOUND, "There is no subscription " + id + ". See 'hookline subscriptions list'.");
            }
            Subscription subscription = found.subscription();
            if (subscription == null) {
                throw new CommandException(
                        ExitCode.FAILED, "Subscription " + id + " cannot be read: " + found.unreadable());
            }
            tell(subscription, RouteCheck.of(subscription, event));
        }
    }

    private void tell(Subscription subscription, RouteCheck check) {
        if (check.matches()) {
            matching++;
        } else {
            others++;
        }
        boolean isPaused = subscription.getStatus() == SubscriptionStatus.PAUSED;
        if (common.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("subscription", subscription.getId());
            facts.put("matches", check.matches());
            facts.put("paused", isPaused);
            facts.put("reasons", check.reasons());
            console.json(facts);
        } else if (check.matches()) {
            console.line(subscription.getId() + " matches" + (isPaused ? " (paused: its deliveries wait)" : ""));
        } else {
            console.line(subscription.getId() + " does not match: " + String.join("\n  or: ", check.reasons()));
        }
    }
}
