package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.kafka.KafkaConnection;
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

    @Option(names = "--status", paramLabel = "STATUS", description = "Only those that are active, or paused.")
    @Nullable
    SubscriptionStatus status;

    public SubscriptionsList(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        Table table = new Table(console, "ID", "TENANT", "STATUS", "EVENT TYPES", "URL", ">VERSION", "UPDATED");
        long[] unreadable = {0};
        try (SubscriptionService service = SubscriptionService.open(kafka);
                Progress progress = Progress.start(console, "Reading", -1, "subscriptions")) {
            service.forEach(stored -> {
                progress.step(1);
                Subscription subscription = stored.subscription();
                if (subscription == null) {
                    unreadable[0]++;
                    report(stored);
                } else if (wanted(subscription)) {
                    print(subscription, table);
                }
            });
        }
        table.end();
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

    private void print(Subscription s, Table table) {
        if (common.json()) {
            console.json(SubscriptionDocument.json(s, false));
        } else {
            table.row(
                    s.getId(),
                    s.getPlatformWide() ? "(all)" : s.getTenant(),
                    s.getStatus().name().toLowerCase(Locale.ROOT),
                    String.join(",", s.getEventTypes()),
                    s.getUrl(),
                    s.getVersion(),
                    s.getUpdatedAt());
        }
    }

    private boolean wanted(Subscription subscription) {
        return (tenant == null || tenant.equals(subscription.getTenant()))
                && (status == null || status == subscription.getStatus())
                && (eventType == null || subscription.getEventTypes().stream().anyMatch(p -> covers(p, eventType)));
    }

    private static boolean covers(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
