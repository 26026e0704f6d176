package io.hookline.router.support;

import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import java.math.BigDecimal;
import java.time.Instant;

/** Sample events for tests. */
public final class Events {
    private Events() {}

    public static UserRegister user(String id) {
        return UserRegister.newBuilder()
                .setUserId(id)
                .setRegisteredAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .build();
    }

    public static OrderCreated order(String id, String amount) {
        return OrderCreated.newBuilder()
                .setOrderId(id)
                .setUserId("u-" + id)
                .setCreatedAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .setQuantity(1)
                .setAmount(new BigDecimal(amount))
                .build();
    }
}
