package io.hookline.deliverer.transform;

import java.time.Duration;

/** What one evaluation of a transform may use. What exceeds it fails, for this event. */
public final class TransformLimits {
    /** Characters of the expression. */
    public static final int TEXT_CHARS_MAX = 32 * 1024;

    /** Brackets within brackets in the expression. */
    public static final int NESTING_MAX = 100;

    /** CPU time that an evaluation may take: a busy machine is not the expression's fault. */
    public static final Duration TIME_MAX = Duration.ofMillis(250);

    /** Evaluations within evaluations: functions that call functions. A call in tail position costs none. */
    public static final int DEPTH_MAX = 200;

    /** Bytes of objects made on the way, garbage included. */
    public static final long ALLOCATED_BYTES_MAX = 64L << 20;

    /** Characters of any text on the way. */
    public static final int VALUE_CHARS_MAX = 1 << 20;

    /** Items of any array on the way. */
    public static final int ITEMS_MAX = 100_000;

    /** Bytes of the result as JSON. */
    public static final int RESULT_BYTES_MAX = 4 << 20;

    /** After how much CPU time an evaluation is given up that does not come back, not even to be told that its time is over. */
    static final Duration LOST_AFTER = TIME_MAX.multipliedBy(8);

    private TransformLimits() {}
}
