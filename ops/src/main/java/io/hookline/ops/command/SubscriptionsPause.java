package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code subscriptions pause}. */
@Command(
        name = "pause",
        description = {
            "Let the deliveries of subscriptions wait.",
            "What comes meanwhile waits where it is in the log, and 'subscriptions resume' lets it be delivered. What is older than its"
                    + " maxAge by then, or has left the log, is a dead letter. Attempts under way end as usual."
        },
        footer = {"", "Examples:", "  hookline subscriptions pause crm warehouse"})
public final class SubscriptionsPause extends SubscriptionsChange {
    public SubscriptionsPause(Console console) {
        super(console);
    }

    @Override
    String done() {
        return "paused";
    }

    @Override
    List<Outcome> plan(SubscriptionService service, List<String> distinct) {
        return service.planStatus(distinct, false);
    }

    @Override
    List<Outcome> change(SubscriptionService service, List<String> distinct) {
        return service.pause(distinct);
    }
}
