package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code subscriptions delete}. */
@Command(
        name = "delete",
        description = "Delete subscriptions for good. What still waits for them is cancelled.",
        footer = {"", "Examples:", "  hookline subscriptions delete crm warehouse"})
public final class SubscriptionsDelete extends SubscriptionsChange {
    public SubscriptionsDelete(Console console) {
        super(console);
    }

    @Override
    String done() {
        return "deleted";
    }

    @Override
    List<Outcome> plan(SubscriptionService service, List<String> distinct) {
        return service.planDelete(distinct);
    }

    @Override
    List<Outcome> change(SubscriptionService service, List<String> distinct) {
        return service.delete(distinct);
    }
}
