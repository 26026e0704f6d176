package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;

/** The record that works came from, which has to know what becomes of each. */
interface Origin {
    /** The outcome of one of them is in the outbox. */
    void finish(Target target, int part);

    /** One of them leaves memory and waits where its record is. */
    void park(Target target, int part, Reason why, long nowMs);
}
