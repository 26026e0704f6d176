package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Disabling;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions list}. */
@Command(
        name = "list",
        description = "List subscriptions, partition by partition; secrets are masked.",
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions list --tenant acme",
            "  hookline subscriptions list --json | jq -r .url"
        })
public final class SubscriptionsList extends KafkaCommand {
    @Option(names = "--tenant", paramLabel = "NAME", description = "Only those of this tenant.")
    @Nullable
    String tenant;

    @Option(names = "--event-type", paramLabel = "TYPE", description = "Only those that ask for this event type.")
    @Nullable
    String eventType;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only those that are active, paused, or disabled.")
    @Nullable
    Status status;

    /** Disabled is what the deliverers made of it: paused or not, nothing is sent to it. */
    enum Status {
        ACTIVE,
        PAUSED,
        DISABLED;

        static Status of(Subscription subscription, @Nullable Disabling disabled) {
            if (disabled != null) {
                return DISABLED;
            }
            return subscription.getStatus() == SubscriptionStatus.PAUSED ? PAUSED : ACTIVE;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SubscriptionsList(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        Table table =
                new Table(console, "ID", "TENANT", "STATUS", "DISABLED", "EVENT TYPES", "URL", ">VERSION", "UPDATED");
        long[] unreadable = {0};
        long[] disabled = {0};
        try (SubscriptionService service = SubscriptionService.open(kafka);
                Progress progress = Progress.start(console, "Reading", -1, "subscriptions")) {
            service.forEach(stored -> {
                progress.step(1);
                Subscription subscription = stored.subscription();
                if (subscription == null) {
                    unreadable[0]++;
                    report(stored);
                } else if (wanted(subscription, stored.disabled())) {
                    disabled[0] += stored.disabled() == null ? 0 : 1;
                    print(subscription, stored.disabled(), table);
                }
            });
        }
        table.end();
        if (disabled[0] > 0) {
            console.say(disabled[0] + " disabled: nothing is sent to "
                    + (disabled[0] == 1 ? "it" : "them")
                    + ". To enable one: hookline subscriptions resume ID");
        }
        if (table.rows() == 0 && !common.json()) {
            console.say("No subscriptions"
                    + (tenant == null && eventType == null && status == null ? "." : " that match."));
        }
        return unreadable[0] == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void report(StoredSubscription stored) {
        console.warn("subscription " + stored.id() + " (partition " + stored.partition() + ", offset " + stored.offset()
                + ") cannot be read: " + stored.unreadable());
    }

    private void print(Subscription s, @Nullable Disabling disabled, Table table) {
        if (common.json()) {
            console.json(SubscriptionDocument.json(s, disabled, false));
        } else {
            table.row(
                    s.getId(),
                    s.getPlatformWide() ? "(all)" : s.getTenant(),
                    Status.of(s, disabled).word(),
                    disabled,
                    String.join(",", s.getEventTypes()),
                    s.getUrl(),
                    s.getVersion(),
                    s.getUpdatedAt());
        }
    }

    private boolean wanted(Subscription subscription, @Nullable Disabling disabled) {
        return (tenant == null || tenant.equals(subscription.getTenant()))
                && (status == null || status == Status.of(subscription, disabled))
                && (eventType == null || subscription.getEventTypes().stream().anyMatch(p -> covers(p, eventType)));
    }

    private static boolean covers(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
