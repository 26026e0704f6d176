package io.hookline.deliverer.loop;

/**
 * How much of something that all subscriptions share one of them may take: no more than what is still free (dynamic thresholds: Choudhury and
 * Hahne, <em>Dynamic queue length thresholds for shared-memory packet switches</em>, 1998, with alpha 1). One that takes all it can
 * gets half; k of them that take turns leave 1/(k+1) of it to the others, however large each one's own limit is. A sixteenth is kept for those
 * that have nothing yet.
 */
final class Share {
    private static final int KEPT = 16;
    private static final int TENANT_ALPHA = 15;

    private Share() {}

    /**
     * @param own what it may take of its own right, at least 1
     * @param all how much there is
     * @param used how much all have taken
     * @return at least 1, so that nobody is shut out for good
     */
    static long limit(long own, long all, long used) {
        return Math.max(1, Math.min(own, all - all / KEPT - used));
    }

    /**
     * How much of it one tenant may take: with alpha 15 one that takes all it can leaves a sixteenth, and two leave half of that, so that another
     * one always finds some.
     */
    static long tenantLimit(long all, long used) {
        return Math.max(1, TENANT_ALPHA * (all - used));
    }
}
