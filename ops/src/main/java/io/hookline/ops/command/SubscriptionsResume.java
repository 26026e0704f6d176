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
            "What came meanwhile is delivered at once, oldest first unless backlogOrder says otherwise, at first slowly and within the"
                    + " subscription's limits. What was older than its maxAge, or had left the log, is in 'dead list'.",
            "Deliverers disable an endpoint that answers 410, or that fails for days without one success; 'subscriptions list' shows"
                    + " it. The delivery that was answered 410 is in 'dead list', and 'dead replay' delivers it."
        },
        footer = {"", "Examples:", "  hookline subscriptions resume crm warehouse"})
public final class SubscriptionsResume extends SubscriptionsChange {
    public SubscriptionsResume(Console console) {
        super(console);
    }

    @Override
    String done() {
        return "resumed";
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
