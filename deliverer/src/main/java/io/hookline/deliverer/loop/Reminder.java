package io.hookline.deliverer.loop;

/** Says when something that lasts is worth another line in the log: at once, then once a minute. */
final class Reminder {
    private static final long EVERY_MS = 60_000;

    private boolean wasSaid;
    private long saidMs;

    boolean isDue() {
        long nowMs = Uptime.ms();
        if (wasSaid && nowMs - saidMs < EVERY_MS) {
            return false;
        }
        wasSaid = true;
        saidMs = nowMs;
        return true;
    }

    /** It is over; should it begin again, that is worth a line at once. */
    void reset() {
        wasSaid = false;
    }
}
