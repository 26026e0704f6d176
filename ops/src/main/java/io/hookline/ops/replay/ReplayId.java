package io.hookline.ops.replay;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names of replays: when they were started, and a little chance. */
public final class ReplayId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private ReplayId() {}

    /** Such as {@code replay_20261124T083000Z_1k3x9a}. */
    public static String next(Instant now, RandomGenerator random) {
        return "replay_" + TIME.format(now) + "_"
                + Long.toString(random.nextLong(Long.MAX_VALUE) | 1L << 62, 36).substring(0, 6);
    }
}
