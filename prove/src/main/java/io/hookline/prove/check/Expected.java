package io.hookline.prove.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A delivery that was promised: an event and a subscription that it matches. */
record Expected(String webhookId, Event event, Wanted subscription) {

    /** All of them, by webhook id, in the order of the events. */
    static Map<String, Expected> of(List<Event> events, List<Wanted> subscriptions) {
        Map<String, Expected> all = new LinkedHashMap<>();
        for (Event event : events) {
            for (Wanted wanted : subscriptions) {
                if (wanted.matches(event)) {
                    String id = event.webhookId(wanted.id());
                    all.put(id, new Expected(id, event, wanted));
                }
            }
        }
        return all;
    }
}
