package io.hookline.deploy.demo;

import io.hookline.events.Channel;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.producer.Event;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The purchase history as a platform would have emitted it: a registration with a customer's first purchase, an order with each. */
final class History {
    static final String TENANT = "cdnow";

    private static final LocalTime NOON = LocalTime.NOON;

    private History() {}

    static List<Event> of(List<Purchase> purchases) {
        List<Event> events = new ArrayList<>();
        Map<String, Integer> orders = new HashMap<>();
        for (Purchase purchase : purchases) {
            int number = orders.merge(purchase.customer(), 1, Integer::sum);
            Instant at = purchase.date().atTime(NOON).toInstant(ZoneOffset.UTC);
            if (number == 1) {
                events.add(register(purchase, at));
            }
            events.add(order(purchase, number, at));
        }
        return events;
    }

    private static Event register(Purchase purchase, Instant at) {
        return event(
                new UserRegister(purchase.customer(), at, null, Channel.WEB),
                "user/" + purchase.customer(),
                purchase,
                at);
    }

    private static Event order(Purchase purchase, int number, Instant at) {
        String id = purchase.customer() + "-" + number;
        return event(
                new OrderCreated(id, purchase.customer(), at, purchase.quantity(), purchase.amount(), "USD"),
                "order/" + id,
                purchase,
                at);
    }

    private static Event event(Object data, String id, Purchase purchase, Instant at) {
        return Event.of(data).id(id).key(purchase.customer()).time(at).tenant(TENANT);
    }
}
