package io.hookline.deliverer.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.TopicPosition;
import io.hookline.schemas.serde.GeneratedClasses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.roaringbitmap.RoaringBitmap;

/** Random owners one after the other, each of which may stop at any point, against a model that remembers everything. */
class OffsetTrackerPropertyTest {
    private record Part(long offset, int part) {}

    private record Checkpoint(TopicPosition snapshot, Set<Part> finished) {}

    /** One partition of a log and what has been done to its records. */
    private static final class World {
        final SplittableRandom random;
        final TreeMap<Long, Integer> log = new TreeMap<>();
        final List<Checkpoint> committed = new ArrayList<>();
        Set<Part> finished = new HashSet<>();
        TreeMap<Long, OffsetTracker.Entry> taken = new TreeMap<>();
        OffsetTracker tracker;
        long next;

        World(long seed, int records, int gapMax, int partsMax) {
            random = new SplittableRandom(seed);
            long offset = random.nextLong(0, 5_000_000_000L);
            next = offset;
            tracker = new OffsetTracker("t", offset);
            for (int i = 0; i < records; i++) {
                offset += random.nextInt(gapMax + 1);
                log.put(offset, 1 + random.nextInt(partsMax));
                offset++;
            }
            commit();
        }

        void step() {
            int choice = random.nextInt(100);
            if (choice < 45) {
                take();
            } else if (choice < 90) {
                finish();
            } else if (choice < 93) {
                skip();
            } else if (choice < 97) {
                commit();
            } else {
                restart();
            }
            check();
        }

        void take() {
            Map.Entry<Long, Integer> record = log.ceilingEntry(next);
            if (record != null) {
                long offset = record.getKey();
                int parts = record.getValue();
                OffsetTracker.Entry entry = tracker.take(offset, parts);
                assertThat(entry.offset()).isEqualTo(offset);
                for (int part = 0; part < parts; part++) {
                    assertThat(entry.isDone(part))
                            .as("part %d of %d, taken", part, offset)
                            .isEqualTo(finished.contains(new Part(offset, part)));
                }
                taken.put(offset, entry);
                next = offset + 1;
            }
        }

        void finish() {
            Long offset =
                    taken.isEmpty() ? null : taken.ceilingKey(random.nextLong(taken.firstKey(), taken.lastKey() + 1));
            if (offset != null) {
                int part = random.nextInt(log.get(offset));
                taken.get(offset).finish(part);
                finished.add(new Part(offset, part));
            }
        }

        /** What was read ended in markers, not in records. */
        void skip() {
            Long record = log.ceilingKey(next);
            if (record != null) {
                next = random.nextLong(next, record + 1);
                tracker.skipTo(next);
            }
        }

        void commit() {
            committed.add(new Checkpoint(tracker.snapshot(), Set.copyOf(finished)));
        }

        /** Another owner starts from the last checkpoint or, as after a crash in a row, from the one before. */
        void restart() {
            int back = Math.min(committed.size(), 1 + random.nextInt(2));
            Checkpoint from = committed.get(committed.size() - back);
            tracker = OffsetTracker.restore(from.snapshot());
            finished = new HashSet<>(from.finished());
            taken = new TreeMap<>();
            next = from.snapshot().getPosition();
            committed.subList(committed.size() - back + 1, committed.size()).clear();
        }

        boolean isFinished(long offset) {
            for (int part = 0; part < log.get(offset); part++) {
                if (!finished.contains(new Part(offset, part))) {
                    return false;
                }
            }
            return true;
        }

        void check() {
            long position = taken.keySet().stream()
                    .filter(offset -> !isFinished(offset))
                    .findFirst()
                    .orElse(next);
            assertThat(tracker.position()).isEqualTo(position);
            assertThat(tracker.next()).isEqualTo(next);
            assertThat(tracker.underWay())
                    .isEqualTo(taken.keySet().stream()
                            .filter(offset -> !isFinished(offset))
                            .count());
            taken.forEach((offset, entry) -> assertThat(entry.isDone()).isEqualTo(isFinished(offset)));
            assertThat(log.headMap(position).keySet()).allMatch(this::isFinished);
        }
    }

    @BeforeContainer
    static void trust() {
        GeneratedClasses.trust();
    }

    @Property(tries = 400)
    void shouldKnowWhatTheModelKnows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int records,
            @ForAll @IntRange(max = 3) int gapMax,
            @ForAll @IntRange(min = 1, max = 5) int partsMax) {
        World world = new World(seed, records, gapMax, partsMax);
        for (int i = 0; i < 300; i++) {
            world.step();
        }
    }

    /** Gaps beyond the size of a bitmap's containers, and parts beyond a word. */
    @Property(tries = 100)
    void shouldKnowItOverWideGapsAndManyParts(@ForAll long seed, @ForAll @IntRange(min = 65, max = 300) int partsMax) {
        World world = new World(seed, 30, 200_000, partsMax);
        for (int i = 0; i < 1_000; i++) {
            world.step();
        }
    }

    /** A checkpoint once written does not change with its tracker. */
    @Property(tries = 200)
    void shouldNotChangeASnapshotLater(@ForAll long seed) {
        World world = new World(seed, 60, 2, 4);
        for (int i = 0; i < 100; i++) {
            world.step();
        }
        TopicPosition snapshot = world.tracker.snapshot();
        TopicPosition copy = TopicPosition.newBuilder(snapshot).build();
        for (int i = 0; i < 50; i++) {
            world.take();
            world.finish();
        }
        assertThat(snapshot).isEqualTo(copy);
    }

    @Property(tries = 1_000)
    void shouldSnapshotTheSameAfterRestoring(@ForAll long seed) throws IOException {
        World world = new World(seed, 60, 3, 4);
        for (int i = 0; i < 150; i++) {
            world.step();
        }
        TopicPosition snapshot = world.tracker.snapshot();
        OffsetTracker once = OffsetTracker.restore(snapshot);
        TopicPosition again = once.snapshot();
        assertThat(again.getPosition()).isEqualTo(snapshot.getPosition());
        assertThat(offsets(again)).isEqualTo(offsets(snapshot));
        assertThat(again.getPartial()).containsExactlyInAnyOrderElementsOf(snapshot.getPartial());
        assertThat(once.snapshot()).isEqualTo(again);
    }

    /** As a set: two bitmaps of the same offsets need not be the same bytes. */
    private static RoaringBitmap offsets(TopicPosition position) throws IOException {
        RoaringBitmap offsets = new RoaringBitmap();
        if (position.getDone() != null) {
            offsets.deserialize(position.getDone().duplicate());
        }
        return offsets;
    }
}
