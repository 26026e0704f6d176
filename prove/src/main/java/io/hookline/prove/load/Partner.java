package io.hookline.prove.load;

import io.hookline.prove.receive.Behaviour;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a run, and how its receiver behaves at first.
 *
 * @param tenant whose events; null for those of everyone
 * @param quantityMin the least {@code data.quantity} that its filter lets pass; null for no filter
 * @param schedule its retry schedule
 * @param timeout total time of an attempt, such as {@code 2s}
 * @param ordering {@code none}, {@code key} or {@code endpoint}
 */
public record Partner(
        String id,
        @Nullable String tenant,
        List<String> types,
        @Nullable Integer quantityMin,
        Behaviour behaviour,
        String schedule,
        String timeout,
        String ordering) {

    private static final String SCHEDULE = "1s 1s 2s 2s 5s 5s jitter 20%";
    private static final String TIMEOUT = "5s";

    /** Events of everyone, all types, usual schedule. */
    public static Partner of(String id, Behaviour behaviour) {
        return new Partner(id, null, List.of("*"), null, behaviour, SCHEDULE, TIMEOUT, "none");
    }

    public Partner tenant(String value) {
        return new Partner(id, value, types, quantityMin, behaviour, schedule, timeout, ordering);
    }

    public Partner types(String... values) {
        return new Partner(id, tenant, List.of(values), quantityMin, behaviour, schedule, timeout, ordering);
    }

    public Partner quantityMin(int value) {
        return new Partner(id, tenant, types, value, behaviour, schedule, timeout, ordering);
    }

    public Partner schedule(String value) {
        return new Partner(id, tenant, types, quantityMin, behaviour, value, timeout, ordering);
    }

    public Partner timeout(String value) {
        return new Partner(id, tenant, types, quantityMin, behaviour, schedule, value, ordering);
    }

    public Partner ordering(String value) {
        return new Partner(id, tenant, types, quantityMin, behaviour, schedule, timeout, value);
    }

    /** Its document, for {@code hookline subscriptions apply}. */
    public String document(String url, String secret) {
        StringBuilder text = new StringBuilder()
                .append("id: ")
                .append(id)
                .append('\n')
                .append(tenant == null ? "platformWide: true" : "tenant: " + tenant)
                .append('\n')
                .append("url: ")
                .append(url)
                .append('\n')
                .append("eventTypes: [\"")
                .append(String.join("\", \"", types))
                .append("\"]\n")
                .append("signing: ")
                .append(secret)
                .append('\n')
                .append("retrySchedule: ")
                .append(schedule)
                .append('\n')
                .append("timeout: ")
                .append(timeout)
                .append('\n')
                .append("ordering: ")
                .append(ordering)
                .append('\n')
                .append("breaker: false\n");
        if (quantityMin != null) {
            text.append("filter: {data: {quantity: [{numeric: [\">=\", ")
                    .append(quantityMin)
                    .append("]}]}}\n");
        }
        return text.toString();
    }
}
