package io.hookline.deliverer.loop;

/** Stops reading what there is no room for or what is not due for long, and goes on with the rest. */
final class Throttle {
    private static final long LOOK_AHEAD_MS = 5_000;

    private final long heldBytesMax;
    private final Ownership ownership;
    private final Intake intake;
    private final LiveReader live;
    private final SideReader side;

    Throttle(long heldBytesMax, Ownership ownership, Intake intake, LiveReader live, SideReader side) {
        this.heldBytesMax = heldBytesMax;
        this.ownership = ownership;
        this.intake = intake;
        this.live = live;
        this.side = side;
    }

    /** Whether events' bytes in memory leave room for more. */
    boolean hasRoom() {
        return ownership.heldBytes() <= heldBytesMax;
    }

    void run(long nowMs) {
        boolean isFull = !hasRoom();
        for (Partition partition : ownership.partitions()) {
            if (partition.isActive()) {
                for (Source source : partition.sources()) {
                    boolean waitsLong = !source.isEmpty() && intake.releaseMs(source, nowMs) > nowMs + LOOK_AHEAD_MS;
                    pause(source, isFull || source.isFull() || waitsLong);
                }
            }
        }
    }

    private void pause(Source source, boolean isPaused) {
        if (source.kind() == Source.Kind.LIVE) {
            live.pause(source, isPaused);
        } else {
            side.pause(source, isPaused);
        }
    }
}
