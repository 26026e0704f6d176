package io.hookline.router.support;

import io.hookline.avro.Breaker;
import io.hookline.avro.Subscription;
import java.time.Instant;
import java.util.List;

/** Subscriptions for tests. */
public final class Subscriptions {
    public static final String TENANT = "acme";

    private Subscriptions() {}

    /** Of tenant {@value #TENANT}, for all time, without filter. */
    public static Subscription of(String id, String... types) {
        return Subscription.newBuilder()
                .setId(id)
                .setTenant(TENANT)
                .setUrl("https://partner.example/" + id)
                .setEventTypes(List.of(types))
                .setBreaker(Breaker.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    public static Subscription filtered(String id, String filter, String... types) {
        Subscription subscription = of(id, types);
        subscription.setFilter(filter);
        return subscription;
    }
}
