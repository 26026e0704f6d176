package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;

/**
 * A record that was read again because the index of those that wait names it.
 *
 * @param bytes of its value
 */
record RecalledRecord(String topic, long offset, int bytes) implements Origin {
    @Override
    public void finish(Target target, int part) {
        target.partition().parking().finish(target, topic, offset, bytes);
    }

    @Override
    public void park(Target target, int part, Reason why, long nowMs) {
        target.backlog().index().putBack(topic, offset);
    }
}
