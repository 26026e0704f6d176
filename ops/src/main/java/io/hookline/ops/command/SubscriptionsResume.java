package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code subscriptions resume}. */
@Command(
        name = "resume",
        description = {
            "Let the deliveries of paused subscriptions go on, and enable those whose endpoints were disabled.",
            "Deliverers disable an endpoint that answers 410; 'subscriptions list' shows it. What died meanwhile is in 'dead list', and"
                    + " 'dead replay' delivers it."
        },
        footer = {"", "Examples:", "  hookline subscriptions resume crm warehouse"})
public final class SubscriptionsResume extends SubscriptionsChange {
    public SubscriptionsResume(Console console) {
        super(console);
    }

    @Override
    List<Outcome> plan(SubscriptionService service, List<String> distinct) {
        return service.planStatus(distinct, true);
    }

    @Override
    List<Outcome> change(SubscriptionService service, List<String> distinct) {
        return service.resume(distinct);
    }
}
