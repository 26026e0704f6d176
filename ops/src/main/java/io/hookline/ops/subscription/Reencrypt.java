package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import io.hookline.deliverer.secret.Secrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has a subscription written again, so that its secrets are encrypted with the keyset's present primary key. */
record Reencrypt(String id, boolean canOpen) implements Change {
    @Override
    public Decision decide(@Nullable StoredSubscription stored, Instant now) {
        if (stored == null) {
            return new Decision.Missing();
        }
        Subscription current = stored.subscription();
        if (current == null) {
            return Change.unreadable(stored);
        }
        if (!stored.isStale()) {
            return new Decision.Keep(null);
        }
        if (Secrets.isSealed(current)) {
            return new Decision.Refuse("its secrets are encrypted with another key, and "
                    + (canOpen
                            ? "the keyset does not have that key."
                            : "only a private keyset can decrypt them: name it in the settings."));
        }
        return new Decision.Put(Change.next(current, now).build(), null);
    }
}
