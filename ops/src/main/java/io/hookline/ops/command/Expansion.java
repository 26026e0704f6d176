package io.hookline.ops.command;

import io.hookline.avro.Ordering;
import io.hookline.avro.Subscription;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.router.match.TypePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;

/**
 * More partitions for the topic of an event type. A key's events then go to another partition than before, and the order between
 * what is in the old and what comes to the new one is lost; so it is refused while a subscription that asks for order receives events of
 * that type. Topics that share P are never expanded: P says where a subscription lives.
 */
final class Expansion {
    private final KafkaConnection kafka;

    Expansion(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * Subscriptions whose order more partitions of this event type would break, by id; at most {@code max}. A subscription that cannot be
     * read counts: nobody knows what it asks for. An event's type may be in its headers, so those of other types count where any
     * type is wanted.
     */
    List<String> inTheWay(String type, int max) {
        List<String> ordered = new ArrayList<>();
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            service.forEach(stored -> {
                Subscription subscription = stored.subscription();
                boolean mayBreak = subscription == null
                        || (subscription.getOrdering() != Ordering.NONE && wants(subscription, type));
                if (mayBreak && ordered.size() < max) {
                    ordered.add(stored.id());
                }
            });
        }
        return ordered;
    }

    private static boolean wants(Subscription subscription, String type) {
        return subscription.getEventTypes().stream().anyMatch(pattern -> {
            try {
                return TypePattern.parse(pattern).matches(type);
            } catch (IllegalArgumentException e) {
                return true;
            }
        });
    }

    /**
     * Expands it.
     *
     * @param validateOnly ask the cluster whether it would, and change nothing
     */
    void expand(String type, int partitions, boolean validateOnly) {
        kafka.await(kafka.admin()
                .createPartitions(
                        Map.of(kafka.names().events(type), NewPartitions.increaseTo(partitions)),
                        new CreatePartitionsOptions().validateOnly(validateOnly))
                .all());
    }
}
