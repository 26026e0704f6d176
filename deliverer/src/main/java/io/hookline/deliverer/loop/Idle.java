package io.hookline.deliverer.loop;

import java.util.ArrayList;
import java.util.List;

/** Lets subscriptions that have had nothing to do for a while give back what they only need while they work. Not thread-safe: the loop's. */
final class Idle {
    static final long AFTER_MS = 60_000;

    private static final long EVERY_MS = 10_000;

    private final List<Target> warm = new ArrayList<>();
    private long lastMs = Uptime.ms();

    /** An attempt of it begins. */
    void works(Target target, long uptimeMs) {
        if (target.usedMs(uptimeMs)) {
            warm.add(target);
        }
    }

    void run(long uptimeMs) {
        if (uptimeMs - lastMs >= EVERY_MS) {
            lastMs = uptimeMs;
            warm.removeIf(target -> target.rest(uptimeMs - AFTER_MS));
        }
    }
}
