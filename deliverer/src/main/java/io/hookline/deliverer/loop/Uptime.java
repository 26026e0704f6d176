package io.hookline.deliverer.loop;

import java.util.concurrent.TimeUnit;

/**
 * Time for whatever is measured from one moment of this process to another: deadlines, intervals, patience. Unlike the time of day it never
 * goes back and never leaps when somebody sets the clock. The time of day is for what is written into records and compared with it.
 */
final class Uptime {
    private Uptime() {}

    /** Milliseconds since some moment before the first call. Any thread. */
    static long ms() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
