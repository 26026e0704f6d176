package io.hookline.deliverer.park;

import io.hookline.avro.ParkedUnit;
import io.hookline.avro.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of one subscription are that wait, a byte or two each, whatever their size. A record is <em>waiting</em>, then
 * <em>taken</em> to be tried, and in the end {@link #finish finished} or {@link #putBack put back}; until it is finished it is in the index,
 * and in what {@link #changes} says has to be written.
 *
 * <p>Not thread-safe: the loop's.
 */
public final class ParkedIndex {
    private final String subscription;

    /** Segments of each topic in ascending order of the lowest offset that each can hold; they may overlap. */
    private final Map<String, List<Segment>> topics = new LinkedHashMap<>();

    private final Map<String, Set<Long>> taken = new LinkedHashMap<>();
    private final Set<Integer> changed = new TreeSet<>();
    private int nextSegment;
    private long count;
    private int takenCount;

    public ParkedIndex(String subscription) {
        this.subscription = subscription;
    }

    /** Records that are no longer waited for: so many between, and with, two offsets. */
    public record GivenUp(String topic, long first, long last, int count) {}

    /** One change to write: the segment, or null where nothing of it is left. */
    public record Change(int segment, @Nullable ParkedUnit unit) {}

    /** Continues what a previous owner wrote; a segment that is known already is replaced. */
    public void restore(ParkedUnit unit) {
        forget(unit.getSegment());
        Segment segment = Segment.of(unit);
        nextSegment = Math.max(nextSegment, segment.number() + 1);
        if (!segment.isEmpty()) {
            List<Segment> segments = segments(segment.topic());
            segments.add(floor(segments, segment.base()) + 1, segment);
            count += segment.count();
        }
    }

    /** Nothing of a segment is left. */
    public void forget(int number) {
        for (List<Segment> segments : topics.values()) {
            for (Iterator<Segment> each = segments.iterator(); each.hasNext(); ) {
                Segment segment = each.next();
                if (segment.number() == number) {
                    each.remove();
                    count -= segment.count();
                }
            }
        }
    }

    /** Lets a record wait; no change where it does already. */
    public void park(String topic, long offset, int bytes, Reason why, long nowMs) {
        List<Segment> segments = segments(topic);
        int at = floor(segments, offset);
        if (at >= 0 && offset <= segments.get(segments.size() - 1).last() && find(segments, offset) != null) {
            return;
        }
        Segment segment = at < 0 ? null : segments.get(at);
        if (segment == null || segment.isFull() || !segment.add(offset, bytes)) {
            if (segment != null) {
                segment.close();
            }
            segment = new Segment(nextSegment++, topic, offset, nowMs, why);
            segment.add(offset, bytes);
            segments.add(at + 1, segment);
        }
        count++;
        changed.add(segment.number());
    }

    /** Takes waiting records of a topic, those with the lowest offsets. */
    public List<Long> take(String topic, int most) {
        List<Long> offsets = new ArrayList<>();
        List<Segment> segments = topics.get(topic);
        if (segments == null) {
            return offsets;
        }
        Set<Long> away = taken.computeIfAbsent(topic, any -> new HashSet<>());
        long next = atLeast(segments, 0);
        while (next >= 0 && offsets.size() < most) {
            if (away.add(next)) {
                offsets.add(next);
            }
            next = atLeast(segments, next + 1);
        }
        takenCount += offsets.size();
        return offsets;
    }

    /** A taken record waits again. */
    public void putBack(String topic, long offset) {
        Set<Long> away = taken.get(topic);
        if (away != null && away.remove(offset)) {
            takenCount--;
        }
    }

    /** A record is over, waiting or taken; whether it was there. */
    public boolean finish(String topic, long offset, int bytes) {
        putBack(topic, offset);
        List<Segment> segments = topics.get(topic);
        Segment segment = segments == null ? null : find(segments, offset);
        if (segments == null || segment == null) {
            return false;
        }
        segment.remove(offset, bytes);
        count--;
        changed.add(segment.number());
        if (segment.isEmpty()) {
            segments.remove(segment);
        }
        return true;
    }

    /**
     * Gives up those segments that began to wait before then; not one of which something is taken.
     *
     * @param beforeMs milliseconds since 1970
     */
    public List<GivenUp> giveUp(long beforeMs) {
        List<GivenUp> all = new ArrayList<>();
        topics.forEach((topic, segments) -> {
            Set<Long> away = taken.getOrDefault(topic, Set.of());
            segments.removeIf(segment -> {
                boolean isOld = segment.sinceMs() < beforeMs && away.stream().noneMatch(segment::contains);
                if (isOld) {
                    all.add(new GivenUp(topic, segment.atLeast(0), segment.last(), segment.count()));
                    changed.add(segment.number());
                    count -= segment.count();
                }
                return isOld;
            });
        });
        return all;
    }

    /** Whether what has waited longest of some topic began before then, milliseconds since 1970. */
    public boolean isOlderThan(long beforeMs) {
        return topics.values().stream()
                .anyMatch(segments -> !segments.isEmpty() && segments.get(0).sinceMs() < beforeMs);
    }

    /** Gives up all of a topic that is older than its records can be. */
    public void forgetTopic(String topic) {
        List<Segment> segments = topics.remove(topic);
        if (segments != null) {
            for (Segment segment : segments) {
                changed.add(segment.number());
                count -= segment.count();
            }
        }
        Set<Long> away = taken.remove(topic);
        takenCount -= away == null ? 0 : away.size();
    }

    public boolean contains(String topic, long offset) {
        List<Segment> segments = topics.get(topic);
        return segments != null && find(segments, offset) != null;
    }

    /** Topics that records wait in, in the order they came to be. */
    public List<String> topics() {
        return topics.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Records in it, taken ones included. */
    public long count() {
        return count;
    }

    /** Records that wait and are not taken. */
    public long waiting() {
        return count - takenCount;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Of all its records, in bytes. */
    public long bytes() {
        return topics.values().stream()
                .flatMap(List::stream)
                .mapToLong(Segment::bytes)
                .sum();
    }

    public boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** What has to be written now, each segment as it is; they count as written until {@link #notWritten}. */
    public List<Change> changes() {
        List<Change> all = new ArrayList<>(changed.size());
        for (int number : changed) {
            all.add(new Change(number, unit(number)));
        }
        changed.clear();
        return all;
    }

    /** A change was not written after all. */
    public void notWritten(int segment) {
        changed.add(segment);
    }

    private @Nullable ParkedUnit unit(int number) {
        for (List<Segment> segments : topics.values()) {
            for (int i = segments.size() - 1; i >= 0; i--) {
                Segment segment = segments.get(i);
                if (segment.number() == number) {
                    return segment.toRecord(subscription);
                }
            }
        }
        return null;
    }

    private List<Segment> segments(String topic) {
        return topics.computeIfAbsent(topic, any -> new ArrayList<>());
    }

    /** Position of the last segment that could hold the offset; -1 for none. */
    private static int floor(List<Segment> segments, long offset) {
        int at = segments.size() - 1;
        while (at >= 0 && segments.get(at).base() > offset) {
            at--;
        }
        return at;
    }

    private static @Nullable Segment find(List<Segment> segments, long offset) {
        for (Segment segment : segments) {
            if (segment.base() > offset) {
                return null;
            }
            if (segment.contains(offset)) {
                return segment;
            }
        }
        return null;
    }

    private static long atLeast(List<Segment> segments, long offset) {
        long lowest = -1;
        for (Segment segment : segments) {
            if (lowest >= 0 && segment.base() > lowest) {
                return lowest;
            }
            long next = segment.atLeast(offset);
            lowest = next >= 0 && (lowest < 0 || next < lowest) ? next : lowest;
        }
        return lowest;
    }
}
