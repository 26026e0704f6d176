package io.hookline.deliverer.loop;

import io.hookline.avro.EndpointStatus;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.endpoint.PlatformDefaults;
import io.hookline.deliverer.secret.SealedException;
import io.hookline.deliverer.secret.Secrets;
import io.hookline.schemas.topic.SubscriptionPartition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies records of subscriptions to the targets of a partition. Whatever is wrong with a record is reported once and never stops the
 * others.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final PlatformDefaults defaults;
    private final Secrets secrets;
    private final int partitions;

    /** @param partitions P */
    Subscriptions(PlatformDefaults defaults, Secrets secrets, int partitions) {
        this.defaults = defaults;
        this.secrets = secrets;
        this.partitions = partitions;
    }

    /** Whether the record is where it belongs; one that is not is reported and to be ignored. */
    boolean isInPlace(String id, ConsumerRecord<?, ?> record) {
        if (!SubscriptionPartition.isId(id)) {
            LOG.warn("record ignored, its key is no subscription id: key={} offset={}", id, record.offset());
            return false;
        }
        int expected = SubscriptionPartition.of(id, partitions);
        if (expected != record.partition()) {
            LOG.warn(
                    "record ignored, it is in partition {} and belongs into {}: subscription={} offset={}",
                    record.partition(),
                    expected,
                    id,
                    record.offset());
            return false;
        }
        return true;
    }

    void delete(Target target, long offset) {
        target.define(new Target.Deleted(), offset);
    }

    void define(Target target, Subscription subscription, long offset) {
        Target.Definition definition = definition(target.id(), subscription, offset);
        if (definition instanceof Target.Unusable unusable) {
            unusable(target.id(), offset, unusable.problem());
        }
        target.define(definition, offset);
    }

    /** The newest record of a subscription cannot be read at all. */
    void undecodable(Target target, long offset, String problem) {
        unusable(target.id(), offset, problem);
        target.define(new Target.Unusable(problem), offset);
    }

    /** What is known of its endpoint holds until a later record of its subscription. */
    void restore(Target target, EndpointStatus status) {
        if (status.getDisabledAtOffset() != target.offset()) {
            return;
        }
        if (status.getFailingSince() != null) {
            target.failing().failed(status.getFailingSince().toEpochMilli());
            target.failing().record();
        }
        if (status.getDisabledAt() != null) {
            target.disable(status.getDisabledReason());
        }
    }

    private Target.Definition definition(String id, Subscription subscription, long offset) {
        if (!subscription.getId().equals(id)) {
            return new Target.Unusable("Its key is '" + id + "' but its id is '" + subscription.getId() + "'.");
        }
        try {
            return new Target.Usable(Endpoint.of(secrets.open(subscription), defaults));
        } catch (SealedException e) {
            LOG.warn(
                    "deliveries wait, a secret cannot be decrypted: subscription={} offset={} problem={}",
                    id,
                    offset,
                    e.getMessage());
            return new Target.Locked();
        } catch (IllegalArgumentException e) {
            return new Target.Unusable(String.valueOf(e.getMessage()));
        }
    }

    private static void unusable(String id, long offset, String problem) {
        LOG.warn("subscription cannot be delivered to: subscription={} offset={} problem={}", id, offset, problem);
    }
}
