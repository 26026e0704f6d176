package io.hookline.deliverer.loop;

import io.hookline.deliverer.endpoint.BreakerPolicy;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells an outage of our own from endpoints that are down: when most of many endpoints give no answer at all, the network, the name server or
 * this machine is the likely cause. As long as that is so, one failure stops an endpoint that the time before had needed many, whatever its breaker
 * says, so that attempts are not used up in vain; those that answer are not touched.
 *
 * <p>Counted is how the last attempt of each ended, in the last half to one minute. Times are of {@link Uptime}. Not thread-safe: the loop's.
 */
final class Outage {
    /** The first failure opens. */
    static final BreakerPolicy STOP_AT_ONCE = new BreakerPolicy(true, Double.MIN_VALUE, 1);

    static final int ENDPOINTS_MIN = 10;
    static final long HALF_WINDOW_MS = 30_000;

    private static final double BEGINS = 0.8;
    private static final double ENDS = 0.5;

    private Map<String, Boolean> silent = new HashMap<>();
    private Map<String, Boolean> silentBefore = new HashMap<>();
    private long halfSinceMs;
    private int silentCount;
    private boolean is;

    /** Most endpoints give no answer. */
    boolean is() {
        return is;
    }

    /** How many endpoints gave no answer the last time. */
    int silent() {
        return silentCount;
    }

    /** How many endpoints were tried lately. */
    int tried() {
        return silent.size() + silentBefore.size();
    }

    /**
     * An attempt ended.
     *
     * @param isSilent whether there was no answer
     * @return whether that began or ended an outage
     */
    boolean ended(String subscription, boolean isSilent, long nowMs) {
        turn(nowMs);
        Boolean before = silentBefore.remove(subscription);
        Boolean now = silent.put(subscription, isSilent);
        boolean wasSilent = now == null ? Boolean.TRUE.equals(before) : now;
        silentCount += (isSilent ? 1 : 0) - (wasSilent ? 1 : 0);
        boolean was = is;
        is = is ? silentCount >= ENDS * tried() : tried() >= ENDPOINTS_MIN && silentCount >= BEGINS * tried();
        return is != was;
    }

    private void turn(long nowMs) {
        if (nowMs - halfSinceMs >= HALF_WINDOW_MS) {
            boolean isNext = nowMs - halfSinceMs < 2 * HALF_WINDOW_MS;
            silentBefore = isNext ? silent : new HashMap<>();
            silent = new HashMap<>();
            silentCount =
                    (int) silentBefore.values().stream().filter(each -> each).count();
            halfSinceMs = nowMs;
        }
    }
}
