package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.park.ParkedIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a subscription waits in the log. Records are parked in two steps: the index knows them at once, and when it is written they are
 * finished where they were read; until then a crash lets them be read, and parked, again.
 */
final class Backlog {
    /** So many parked records are worth a write. */
    private static final int UNWRITTEN_SOON = 128;

    /** Fewer wait for more to come, in milliseconds. */
    private static final long UNWRITTEN_MS = 1_000;

    private record Unwritten(ReadRecord record, int part) {}

    private final ParkedIndex index;
    private final List<Unwritten> unwritten = new ArrayList<>();
    private long unwrittenSinceMs;
    private boolean isFinishing;
    private boolean isExpiring;
    private boolean isForeseen;
    private int asked;

    Backlog(String subscription) {
        index = new ParkedIndex(subscription);
    }

    ParkedIndex index() {
        return index;
    }

    /** Records asked for that have not been read yet. */
    int asked() {
        return asked;
    }

    void asked(int more) {
        asked += more;
    }

    void arrived() {
        asked--;
    }

    void park(ReadRecord record, int part, Reason why, long nowMs) {
        index.park(record.topic(), record.entry().offset(), record.bytes(), why, nowMs);
        if (unwritten.isEmpty()) {
            unwrittenSinceMs = Uptime.ms();
        }
        unwritten.add(new Unwritten(record, part));
    }

    /** Something left the index, or was not written when it should have been: what is changed has to be in the next batch. */
    void isFinishing(boolean is) {
        isFinishing = is;
    }

    /** Whether some of it has waited for too long. */
    boolean isExpiring() {
        return isExpiring;
    }

    void isExpiring(boolean is) {
        isExpiring = is;
    }

    /** Whether it has been said that some of it will soon have waited for too long. */
    boolean isForeseen() {
        return isForeseen;
    }

    void isForeseen(boolean is) {
        isForeseen = is;
    }

    /** Whether what has changed should be written now. */
    boolean isDue(boolean isUrgent) {
        return isFinishing
                || unwritten.size() >= UNWRITTEN_SOON
                || (!unwritten.isEmpty() && (isUrgent || Uptime.ms() - unwrittenSinceMs >= UNWRITTEN_MS));
    }

    /** The index is about to be written: what it holds is finished where it was read. Returns how many those were. */
    int written() {
        int count = unwritten.size();
        unwritten.forEach(each -> each.record().entry().finish(each.part()));
        unwritten.clear();
        isFinishing = false;
        return count;
    }

    /** Nothing of it is left, and nothing is to be written. */
    boolean isIdle() {
        return index.isEmpty() && !index.hasChanges() && unwritten.isEmpty() && asked == 0;
    }
}
