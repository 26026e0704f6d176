package io.hookline.deliverer.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.ParkedUnit;
import io.hookline.avro.Reason;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random owners one after the other, with transactions that fail, against a model that remembers everything. */
class ParkedIndexPropertyTest {
    private static final List<String> TOPICS = List.of("deliveries", "deliveries.retry.5s");

    /** The state topic, compacted: what is committed, and what the open transaction adds. */
    private static final class World {
        final SplittableRandom random;
        final int spread;
        final Map<Integer, ParkedUnit> written = new TreeMap<>();
        final Map<String, TreeSet<Long>> committed = new TreeMap<>();
        Map<String, TreeSet<Long>> model = new TreeMap<>();
        final List<Map.Entry<String, Long>> taken = new ArrayList<>();
        final Map<String, Long> next = new TreeMap<>();
        ParkedIndex index = new ParkedIndex("s");

        World(long seed, int spread) {
            this.random = new SplittableRandom(seed);
            this.spread = spread;
            for (String topic : TOPICS) {
                model.put(topic, new TreeSet<>());
                committed.put(topic, new TreeSet<>());
                next.put(topic, random.nextLong(0, 1L << 40));
            }
        }

        void step() {
            String topic = TOPICS.get(random.nextInt(TOPICS.size()));
            switch (random.nextInt(20)) {
                case 0 -> commit();
                case 1 -> abort();
                case 2 -> crash();
                case 3, 4, 5 -> take(topic);
                case 6, 7, 8 -> finish();
                case 9 -> putBack();
                case 10 -> parkLate(topic);
                default -> park(topic);
            }
            check();
        }

        void park(String topic) {
            for (int i = random.nextInt(100); i >= 0; i--) {
                long offset = next.get(topic) + random.nextInt(spread);
                next.put(topic, offset + 1);
                index.park(topic, offset, 10, Reason.THROTTLED, 0);
                model.get(topic).add(offset);
            }
        }

        /** One that waited in memory when later ones had been parked already; perhaps one that is parked. */
        void parkLate(String topic) {
            long offset = Math.max(0, next.get(topic) - random.nextInt(300));
            index.park(topic, offset, 10, Reason.THROTTLED, 0);
            model.get(topic).add(offset);
        }

        void take(String topic) {
            int most = random.nextInt(200);
            TreeSet<Long> expected = new TreeSet<>(model.get(topic));
            taken.stream().filter(t -> t.getKey().equals(topic)).forEach(t -> expected.remove(t.getValue()));
            List<Long> lowest = expected.stream().limit(most).toList();
            List<Long> got = index.take(topic, most);
            assertThat(got).isEqualTo(lowest);
            got.forEach(offset -> taken.add(Map.entry(topic, offset)));
        }

        void finish() {
            for (int i = random.nextInt(100); i > 0 && !taken.isEmpty(); i--) {
                Map.Entry<String, Long> one = taken.remove(random.nextInt(taken.size()));
                assertThat(index.finish(one.getKey(), one.getValue(), 10)).isTrue();
                assertThat(index.finish(one.getKey(), one.getValue(), 10)).isFalse();
                model.get(one.getKey()).remove(one.getValue());
            }
        }

        void putBack() {
            if (!taken.isEmpty()) {
                Map.Entry<String, Long> one = taken.remove(random.nextInt(taken.size()));
                index.putBack(one.getKey(), one.getValue());
            }
        }

        void commit() {
            for (ParkedIndex.Change change : index.changes()) {
                if (change.unit() == null) {
                    written.remove(change.segment());
                } else {
                    written.put(change.segment(), change.unit());
                }
            }
            model.forEach((topic, offsets) -> committed.put(topic, new TreeSet<>(offsets)));
        }

        void abort() {
            index.changes().forEach(change -> index.notWritten(change.segment()));
        }

        void crash() {
            index = new ParkedIndex("s");
            written.values().forEach(index::restore);
            model = new TreeMap<>();
            committed.forEach((topic, offsets) -> model.put(topic, new TreeSet<>(offsets)));
            taken.clear();
        }

        void check() {
            int count = model.values().stream().mapToInt(TreeSet::size).sum();
            assertThat(index.count()).isEqualTo(count);
            assertThat(index.waiting()).isEqualTo(count - taken.size());
            assertThat(index.bytes()).isEqualTo(10L * count);
            model.forEach((topic, offsets) -> {
                if (!offsets.isEmpty()) {
                    assertThat(index.contains(topic, offsets.first())).isTrue();
                    assertThat(index.contains(topic, offsets.last())).isTrue();
                }
                assertThat(index.contains(topic, next.get(topic) + spread)).isFalse();
            });
        }
    }

    @BeforeContainer
    static void trust() {
        GeneratedClasses.trust();
    }

    @Property(tries = 300)
    void shouldKnowWhatWaitsWhateverHappens(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int spread) {
        World world = new World(seed, spread);
        for (int i = 0; i < 300; i++) {
            world.step();
        }
    }

    @Example
    void shouldWriteAndHoldAFewBytesForEachRecord() {
        ParkedIndex index = new ParkedIndex("s");
        long bytes = 0;
        for (int i = 0; i < 100_000; i++) {
            index.park("deliveries", i * 100L, 1024, Reason.THROTTLED, 0);
            if (i % 128 == 127) {
                bytes += written(index);
            }
        }
        bytes += written(index);

        assertThat(bytes).isLessThan(8 * 100_000);
        assertThat(index.count()).isEqualTo(100_000);
    }

    @Example
    void shouldGiveUpWhatWaitsForTooLongUnlessSomeOfItIsTaken() {
        ParkedIndex index = new ParkedIndex("s");
        for (int i = 0; i < 3 * Segment.OFFSETS_MAX; i++) {
            index.park("deliveries", 10 + 2L * i, 100, Reason.THROTTLED, i);
        }
        index.park("deliveries.retry.5s", 7, 100, Reason.THROTTLED, 5_000);
        index.take("deliveries", 1);
        index.changes();

        assertThat(index.isOlderThan(1)).isTrue();
        assertThat(index.giveUp(Segment.OFFSETS_MAX + 1))
                .containsExactly(new ParkedIndex.GivenUp(
                        "deliveries",
                        10 + 2L * Segment.OFFSETS_MAX,
                        8 + 4L * Segment.OFFSETS_MAX,
                        Segment.OFFSETS_MAX));

        assertThat(index.count()).isEqualTo(2 * Segment.OFFSETS_MAX + 1);
        assertThat(index.changes()).containsExactly(new ParkedIndex.Change(1, null));
        assertThat(index.contains("deliveries", 10)).isTrue();
    }

    @Example
    void shouldRefuseWhatIsNoIndex() {
        assertThatThrownBy(() -> new ParkedIndex("s").restore(unit(new byte[] {5, 0})))
                .hasMessage("its offsets do not ascend after 5");
        assertThatThrownBy(() -> new ParkedIndex("s").restore(unit(new byte[] {5, (byte) 0x80})))
                .hasMessageStartingWith("its offsets end in the middle of a number");
    }

    private static ParkedUnit unit(byte[] offsets) {
        return ParkedUnit.newBuilder()
                .setSubscription("s")
                .setTopic("deliveries")
                .setOffsets(ByteBuffer.wrap(offsets))
                .setCount(2)
                .setSince(Instant.EPOCH)
                .build();
    }

    private static long written(ParkedIndex index) {
        return index.changes().stream()
                .mapToLong(change ->
                        change.unit() == null ? 0 : change.unit().getOffsets().remaining() + 80)
                .sum();
    }
}
