package io.hookline.deliverer.loop;

import java.util.Collection;

/** Looks every few seconds for deliveries that have waited in the log for too long. */
final class Expiry {
    private static final long EVERY_MS = 5_000;

    private final Recorder recorder;
    private long lastMs = Uptime.ms();

    Expiry(Recorder recorder) {
        this.recorder = recorder;
    }

    void run(Collection<Partition> partitions, long nowMs) {
        long uptimeMs = Uptime.ms();
        if (uptimeMs - lastMs < EVERY_MS) {
            return;
        }
        lastMs = uptimeMs;
        for (Partition partition : partitions) {
            if (partition.isActive()) {
                partition.parking().expire(recorder, nowMs);
            }
        }
    }
}
