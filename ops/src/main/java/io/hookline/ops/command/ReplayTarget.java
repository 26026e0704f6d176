package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionService;

/** The subscription that a replay is for. */
final class ReplayTarget {
    private ReplayTarget() {}

    /**
     * @param mustReceive whether one is refused to which nothing would be sent
     * @return with a subscription that can be read
     * @throws CommandException where there is none, or none that can be used
     */
    static StoredSubscription open(KafkaConnection kafka, String id, boolean mustReceive) {
        StoredSubscription stored;
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            stored = service.get(id)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NOT_FOUND,
                            "There is no subscription " + id + ". See 'hookline subscriptions list'."));
        }
        Subscription subscription = stored.subscription();
        if (subscription == null) {
            throw new CommandException(
                    ExitCode.FAILED, "Subscription " + id + " cannot be read: " + stored.unreadable());
        }
        if (mustReceive && stored.disabled() != null) {
            throw conflict(id, "disabled (" + stored.disabled() + ")");
        }
        if (mustReceive && subscription.getStatus() == SubscriptionStatus.PAUSED) {
            throw conflict(id, "paused");
        }
        return stored;
    }

    private static CommandException conflict(String id, String state) {
        return new CommandException(
                ExitCode.CONFLICT,
                "Subscription " + id + " is " + state + ": nothing would be sent. First: hookline subscriptions resume "
                        + id);
    }
}
