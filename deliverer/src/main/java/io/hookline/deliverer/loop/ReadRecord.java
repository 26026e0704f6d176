package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.track.OffsetTracker;

/**
 * A record that was read when its topic came to it.
 *
 * @param bytes of its value
 */
record ReadRecord(String topic, OffsetTracker.Entry entry, int bytes) implements Origin {
    @Override
    public void finish(Target target, int part) {
        entry.finish(part);
    }

    @Override
    public void park(Target target, int part, Reason why, long nowMs) {
        target.partition().parking().park(target, this, part, why, nowMs);
    }
}
