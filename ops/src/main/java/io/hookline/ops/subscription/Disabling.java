package io.hookline.ops.subscription;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A deliverer has disabled an endpoint: nothing is sent to it until its subscription is written again.
 *
 * @param reason in lower case, such as {@code gone} for an answer 410
 */
public record Disabling(String reason, Instant since) {
    static Disabling of(io.hookline.avro.Reason reason, Instant since) {
        return new Disabling(reason.name().toLowerCase(Locale.ROOT), since);
    }

    /** As a JSON object. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("reason", reason);
        map.put("since", since.toString());
        return map;
    }

    /** {@code gone since 2026-11-24T08:00:00Z}. */
    @Override
    public String toString() {
        return reason + " since " + since;
    }
}
