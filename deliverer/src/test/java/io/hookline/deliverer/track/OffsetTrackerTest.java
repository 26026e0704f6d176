package io.hookline.deliverer.track;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hookline.avro.PartialRecord;
import io.hookline.avro.TopicPosition;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {
    private static int bytes(TopicPosition snapshot) {
        int partial = snapshot.getPartial().stream()
                .mapToInt(record -> 8 + record.getDone().remaining())
                .sum();
        return partial + (snapshot.getDone() == null ? 0 : snapshot.getDone().remaining());
    }

    @Test
    void shouldMoveOnOnlyWhenTheFirstIsFinished() {
        OffsetTracker tracker = new OffsetTracker("t", 5);
        OffsetTracker.Entry first = tracker.take(7, 2);
        OffsetTracker.Entry second = tracker.take(9, 1);
        assertThat(tracker.position()).isEqualTo(7);
        second.finish(0);
        first.finish(1);
        assertThat(tracker.position()).isEqualTo(7);
        first.finish(0);
        assertThat(tracker.position()).isEqualTo(10);
    }

    @Test
    void shouldStandWhereItStartedUntilSomethingIsTaken() {
        OffsetTracker tracker = new OffsetTracker("t", 5);
        assertThat(tracker.position()).isEqualTo(5);
        assertThat(tracker.snapshot()).isEqualTo(new TopicPosition("t", 5L, null, List.of()));
    }

    @Test
    void shouldMoveOnOverMarkersButNotOverWhatIsUnderWay() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        OffsetTracker.Entry entry = tracker.take(0, 1);
        tracker.skipTo(3);
        assertThat(tracker.position()).isZero();
        entry.finish(0);
        assertThat(tracker.position()).isEqualTo(3);
        tracker.skipTo(1);
        assertThat(tracker.position()).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatWasTakenBefore() {
        OffsetTracker tracker = new OffsetTracker("deliveries", 5);
        tracker.take(7, 1);
        for (long offset : new long[] {0, 6, 7}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tracker.take(offset, 1))
                    .withMessage("Offset " + offset + " of deliveries taken again: 8 or above is expected.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 64, Integer.MAX_VALUE})
    void shouldRefuseAPartThatIsNone(int part) {
        OffsetTracker.Entry entry = new OffsetTracker("t", 0).take(0, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.finish(part))
                .withMessage("Part " + part + " of a record with 3 parts.");
        assertThatIllegalArgumentException().isThrownBy(() -> new OffsetTracker("t", 0).take(0, 0));
    }

    @Test
    void shouldTakeAPartFinishedTwiceForOnce() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        OffsetTracker.Entry entry = tracker.take(0, 2);
        OffsetTracker.Entry later = tracker.take(1, 1);
        entry.finish(0);
        entry.finish(0);
        assertThat(tracker.position()).isZero();
        later.finish(0);
        later.finish(0);
        entry.finish(1);
        entry.finish(1);
        assertThat(tracker.position()).isEqualTo(2);
        assertThat(tracker.underWay()).isZero();
    }

    /** A record whose grouping changed between two releases: parts beyond it count for nothing, all of it done is done. */
    @Test
    void shouldIgnorePartsThatARecordDoesNotHave() {
        TopicPosition from = new TopicPosition(
                "t",
                0L,
                null,
                List.of(
                        new PartialRecord(0L, ByteBuffer.wrap(new byte[] {(byte) 0b1111_0001})),
                        new PartialRecord(1L, ByteBuffer.wrap(new byte[] {(byte) 0b1111_1111, 1}))));
        OffsetTracker tracker = OffsetTracker.restore(from);
        OffsetTracker.Entry entry = tracker.take(0, 2);
        assertThat(entry.isDone(0)).isTrue();
        assertThat(entry.isDone(1)).isFalse();
        assertThat(entry.isDone()).isFalse();
        assertThat(tracker.take(1, 3).isDone()).isTrue();
        entry.finish(1);
        assertThat(tracker.position()).isEqualTo(2);
    }

    /** Compaction or retention took a record that the previous owner had begun: nothing may wait for it. */
    @Test
    void shouldForgetWhatNeverComesAgain() {
        OffsetTracker before = new OffsetTracker("t", 0);
        before.take(0, 2).finish(0);
        before.take(1, 2).finish(1);
        before.take(2, 1).finish(0);
        OffsetTracker after = OffsetTracker.restore(before.snapshot());
        OffsetTracker.Entry later = after.take(5, 1);
        assertThat(after.position()).isEqualTo(5);
        assertThat(after.snapshot()).isEqualTo(new TopicPosition("t", 5L, null, List.of()));
        later.finish(0);
        assertThat(after.position()).isEqualTo(6);
    }

    @Test
    void shouldSayWhichCheckpointIsDamaged() {
        byte[][] damaged = {{}, {1}, "not a bitmap at all".getBytes(UTF_8), new byte[100]};
        for (byte[] bytes : damaged) {
            TopicPosition from = new TopicPosition("deliveries", 42L, ByteBuffer.wrap(bytes), List.of());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OffsetTracker.restore(from))
                    .withMessageStartingWith("The checkpoint of deliveries at 42 cannot be read: ");
        }
        byte[] truncated = snapshotOfEverySecond(100_000).getDone().array();
        TopicPosition from = new TopicPosition("t", 0L, ByteBuffer.wrap(Arrays.copyOf(truncated, 1_000)), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> OffsetTracker.restore(from));
    }

    @Test
    void shouldReachOverFourThousandMillionOffsetsAndNotBeyond() {
        long far = 1L << 32;
        OffsetTracker tracker = new OffsetTracker("t", 100);
        tracker.take(100, 1);
        tracker.take(101, 1);
        tracker.take(100 + far - 2, 1);
        tracker.take(100 + far - 1, 1).finish(0);
        TopicPosition snapshot = tracker.snapshot();
        OffsetTracker restored = OffsetTracker.restore(snapshot);
        assertThat(restored.take(100, 1).isDone()).isFalse();
        assertThat(restored.take(101, 1).isDone()).isFalse();
        assertThat(restored.take(100 + far - 2, 1).isDone()).isFalse();
        assertThat(restored.take(100 + far - 1, 1).isDone()).isTrue();

        tracker.take(100 + far, 1).finish(0);
        assertThatIllegalStateException().isThrownBy(tracker::snapshot).withMessageContaining("too far apart");
    }

    @Test
    void shouldNeverRunOutOfWindowWhileThePositionMovesOn() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        ArrayDeque<OffsetTracker.Entry> open = new ArrayDeque<>();
        for (long offset = 0; offset < 20L << 32; offset += 1L << 30) {
            open.addLast(tracker.take(offset, 1));
            tracker.take(offset + 1, 1).finish(0);
            if (open.size() > 2) {
                open.removeFirst().finish(0);
            }
            assertThat(tracker.snapshot().getPosition())
                    .isEqualTo(open.getFirst().offset());
        }
        assertThat(tracker.position()).isEqualTo(open.getFirst().offset());
    }

    @Test
    void shouldRestoreRunsThatReachToTheEndOfTheWindow() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        tracker.take(0, 1);
        tracker.skipTo(1L << 32);
        OffsetTracker restored = OffsetTracker.restore(tracker.snapshot());
        for (long offset : new long[] {1, 2, 65_535, 65_536, (1L << 31) - 1, 1L << 31, (1L << 32) - 1}) {
            assertThat(restored.take(offset, 1).isDone())
                    .as("offset %d", offset)
                    .isTrue();
        }
        assertThat(restored.take(1L << 32, 1).isDone()).isFalse();
    }

    private static TopicPosition snapshotOfEverySecond(int records) {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        for (int i = 0; i < records; i++) {
            OffsetTracker.Entry entry = tracker.take(i, 1);
            if (i % 2 == 1) {
                entry.finish(0);
            }
        }
        return tracker.snapshot();
    }

    /** One delivery waits for its time-out while a million others are done: they must cost next to nothing. */
    @Test
    void shouldStaySmallBehindOneThatTakesLong() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        tracker.take(0, 1);
        for (int i = 1; i < 1_000_000; i++) {
            tracker.take(i, 1).finish(0);
        }
        assertThat(tracker.underWay()).isEqualTo(1);
        assertThat(bytes(tracker.snapshot())).isLessThan(1_000);
    }

    /** The worst pattern costs a bit an offset, and a grouped record under way its own bits: far below a record's limit. */
    @Test
    void shouldBoundItsSnapshot() {
        assertThat(bytes(snapshotOfEverySecond(50_000))).isLessThan(65_536 / 8 + 100);

        OffsetTracker tracker = new OffsetTracker("t", 0);
        for (int i = 0; i < 4_000; i++) {
            tracker.take(i, 1_000).finish(999);
        }
        assertThat(bytes(tracker.snapshot())).isLessThan(4_000 * 140);
    }

    /** Generous limits for a busy machine: what grows with the square of the number takes minutes here. */
    @Test
    void shouldTakeFinishAndTellThePositionInConstantTime() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        SplittableRandom random = new SplittableRandom(1);
        OffsetTracker.Entry[] open = new OffsetTracker.Entry[10_000];
        long start = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) {
            int slot = random.nextInt(open.length);
            if (open[slot] != null) {
                open[slot].finish(0);
            }
            open[slot] = tracker.take(i * 2L, 1);
            assertThat(tracker.position() <= i * 2L).isTrue();
        }
        for (OffsetTracker.Entry entry : open) {
            if (entry != null) {
                entry.finish(0);
            }
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(tracker.position()).isEqualTo(1_999_999);
        assertThat(tracker.underWay()).isZero();
    }

    @Test
    void shouldSnapshotAWideWindowQuickly() {
        OffsetTracker tracker = new OffsetTracker("t", 0);
        SplittableRandom random = new SplittableRandom(2);
        tracker.take(0, 1);
        for (int i = 1; i < 50_000; i++) {
            OffsetTracker.Entry entry = tracker.take(i, 1);
            if (random.nextInt(10) > 0) {
                entry.finish(0);
            }
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            TopicPosition snapshot = tracker.snapshot();
            best = Math.min(best, System.nanoTime() - start);
            assertThat(snapshot.getPosition()).isZero();
        }
        assertThat(best).as("nanoseconds of the quickest snapshot").isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
    }
}
