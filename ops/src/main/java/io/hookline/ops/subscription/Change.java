package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something to do with one subscription. Asked again whenever somebody else wrote first, so it decides by what it is given only. */
interface Change {
    String id();

    /**
     * @param stored null where nothing is stored
     */
    Decision decide(@Nullable StoredSubscription stored, Instant now);

    /**
     * Asked instead of keeping what is already so, where its endpoint is disabled.
     *
     * @return null to keep it all the same
     */
    default Decision.@Nullable Put enable(Subscription disabled, Instant now) {
        return null;
    }

    /** The next version of a stored subscription, to be completed. */
    static Subscription.Builder next(Subscription current, Instant now) {
        return Subscription.newBuilder(current)
                .setVersion(current.getVersion() + 1)
                .setUpdatedAt(now);
    }

    /** Why a record that cannot be read is not written over. */
    static Decision.Refuse unreadable(StoredSubscription stored) {
        return new Decision.Refuse(
                "what is stored (partition " + stored.partition() + ", offset " + stored.offset() + ") cannot be read: "
                        + stored.unreadable() + ". Delete it first with: hookline subscriptions delete " + stored.id());
    }

    /** Makes it active or paused. */
    record SetStatus(String id, SubscriptionStatus status) implements Change {
        @Override
        public Decision decide(@Nullable StoredSubscription stored, Instant now) {
            if (stored == null) {
                return new Decision.Missing();
            }
            Subscription current = stored.subscription();
            if (current == null) {
                return unreadable(stored);
            }
            return current.getStatus() == status
                    ? new Decision.Keep(null)
                    : new Decision.Put(next(current, now).setStatus(status).build(), null);
        }

        /** A record that says the same again: to the deliverers it is an edit, and that enables the endpoint. */
        @Override
        public Decision.@Nullable Put enable(Subscription disabled, Instant now) {
            return status == SubscriptionStatus.ACTIVE
                    ? new Decision.Put(next(disabled, now).build(), null)
                    : null;
        }
    }

    /** Deletes it, readable or not. */
    record Delete(String id) implements Change {
        @Override
        public Decision decide(@Nullable StoredSubscription stored, Instant now) {
            return stored == null ? new Decision.Missing() : new Decision.Remove();
        }
    }
}
