package io.hookline.prove.check;

import io.hookline.prove.check.Wanted.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Order by first success: of two events of one source partition that a subscription wants in order (of one key, or all), the earlier one is
 * accepted first. What was never accepted has no place in the order.
 */
final class OrderCheck {
    private OrderCheck() {}

    /** The newest first success of one line of events, and whose it was. */
    private record Latest(long acceptedAtMs, Expected delivery) {}

    /**
     * @param expected in the order of the events of each source partition
     */
    static List<Problem> of(Evidence evidence, Map<String, Expected> expected, Map<String, List<Request>> requests) {
        boolean isAsked = evidence.subscriptions().stream().anyMatch(wanted -> wanted.ordering() != Ordering.NONE);
        List<Problem> problems = new ArrayList<>();
        Map<String, Latest> lines = new HashMap<>();
        for (Expected delivery : isAsked ? expected.values() : List.<Expected>of()) {
            long at = requests.getOrDefault(delivery.webhookId(), List.of()).stream()
                    .filter(Request::isAccepted)
                    .mapToLong(Request::endedAtMs)
                    .min()
                    .orElse(-1);
            if (at < 0 || delivery.subscription().ordering() == Ordering.NONE) {
                continue;
            }
            Latest before = lines.get(line(delivery));
            if (before != null && before.acceptedAtMs() > at) {
                problems.add(new Problem(
                        Problem.Kind.REORDERED,
                        delivery.webhookId(),
                        "accepted before " + before.delivery().webhookId() + ", whose event is earlier ("
                                + before.delivery().event().at() + " before "
                                + delivery.event().at() + ")"));
            } else {
                lines.put(line(delivery), new Latest(at, delivery));
            }
        }
        return problems;
    }

    private static String line(Expected delivery) {
        Event event = delivery.event();
        String source = delivery.subscription().id() + "\n" + event.topic() + "\n" + event.partition();
        return delivery.subscription().ordering() == Ordering.KEY ? source + "\n" + event.key() : source;
    }
}
