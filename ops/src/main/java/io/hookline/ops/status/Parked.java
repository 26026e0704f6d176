package io.hookline.ops.status;

import java.time.Instant;

/**
 * What waits in the log for one subscription that is behind.
 *
 * @param since when the first of them was parked
 * @param reason why, of the oldest
 */
public record Parked(String subscription, long records, Instant since, String reason) {
    Parked plus(Parked more) {
        boolean isOlder = more.since.isBefore(since);
        return new Parked(
                subscription, records + more.records, isOlder ? more.since : since, isOlder ? more.reason : reason);
    }
}
