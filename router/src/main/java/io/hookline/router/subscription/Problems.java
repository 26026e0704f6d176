package io.hookline.router.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broken subscriptions that stand in the topic now, the first {@value #KEPT_MAX} of them in full. Any thread. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final int KEPT_MAX = 1_000;

    private record Place(int partition, String key) {}

    private final Map<Place, SubscriptionProblem> kept = new LinkedHashMap<>();
    private long reported;

    synchronized void report(SubscriptionProblem problem) {
        reported++;
        log.warn(
                "subscription routes nothing: id={} partition={} offset={} reason={}",
                problem.key(),
                problem.partition(),
                problem.offset(),
                problem.reason());
        Place place = new Place(problem.partition(), problem.key());
        if (kept.size() < KEPT_MAX || kept.containsKey(place)) {
            kept.put(place, problem);
        }
    }

    synchronized void healed(int partition, String key) {
        if (!kept.isEmpty()) {
            kept.remove(new Place(partition, key));
        }
    }

    synchronized List<SubscriptionProblem> now() {
        return new ArrayList<>(kept.values());
    }

    /** How many records were reported since the start, healed ones included. */
    synchronized long reported() {
        return reported;
    }
}
