package io.hookline.prove.load;

import io.hookline.events.Channel;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.producer.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Events from the seed: Avro and JSON, a few types and tenants, many keys. Each says its own id in its data too ({@code orderId}, or
 * {@code email}), so that a receiver can tell which event a request carries. Not thread-safe.
 */
public final class EventMaker {
    /** Types of all events. */
    public static final List<String> TYPES =
            List.of("order_created", "user_register", "order.shipped", "order.returned");

    /** Tenants of events; a tenth of the events has none. */
    public static final List<String> TENANTS = List.of("acme", "globex", "initech");

    /** Of {@code data.quantity}, from 1. */
    public static final int QUANTITY_MAX = 10;

    private static final String FILLING = "x".repeat(512);

    private final RandomGenerator random;
    private final int keys;
    private long made;

    /**
     * @param keys number of ordering keys
     */
    public EventMaker(RandomGenerator random, int keys) {
        this.random = random;
        this.keys = keys;
    }

    /** The next one. */
    public Event next() {
        String key = "k" + random.nextInt(keys);
        String id = key + "-" + made++;
        String type = TYPES.get(random.nextInt(TYPES.size()));
        int quantity = random.nextInt(1, QUANTITY_MAX + 1);
        Event event = switch (type) {
            case "order_created" ->
                Event.of(new OrderCreated(
                        id, key, Instant.now(), quantity, BigDecimal.valueOf(random.nextLong(100_000), 2), "USD"));
            case "user_register" -> Event.of(new UserRegister(key, Instant.now(), id + "@example.org", Channel.WEB));
            default -> Event.of(type, Map.of("orderId", id, "quantity", quantity, "note", FILLING));
        };
        int tenant = random.nextInt(TENANTS.size() * 3 + 1);
        return event.id(id).key(key).tenant(tenant == 0 ? null : TENANTS.get(tenant % TENANTS.size()));
    }
}
