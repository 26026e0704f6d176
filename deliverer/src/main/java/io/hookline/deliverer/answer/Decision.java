package io.hookline.deliverer.answer;

import io.hookline.avro.DeadCause;
import io.hookline.deliverer.schedule.DueWindow;

/** What follows from an attempt. */
public sealed interface Decision {
    /** It arrived. */
    record Delivered() implements Decision {}

    /** It is tried again within the window. */
    record RetryIn(DueWindow window) implements Decision {}

    /** It is given up. */
    record Dead(DeadCause cause) implements Decision {}
}
