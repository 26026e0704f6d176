package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.deliverer.track.OffsetTracker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SourceTest {
    private final Source source =
            new Source(new TopicPartition("deliveries", 0), Source.Kind.LIVE, new OffsetTracker("deliveries", 100));

    @Test
    void shouldBeginAnewWhereOffsetsDo() {
        source.add(record(100));
        OffsetTracker.Entry underWay = source.tracker().take(100, 1);
        source.pop();
        source.add(record(101));

        source.add(record(0));

        assertThat(source.peek()).isNotNull().extracting(ConsumerRecord::offset).isEqualTo(0L);
        source.tracker().take(0, 1).finish(0);
        source.pop();
        assertThat(source.tracker().position()).isEqualTo(1);
        underWay.finish(0);
        assertThat(source.tracker().position()).isEqualTo(1);
    }

    @Test
    void shouldSkipOffsetsWithoutRecordsOnceNothingBeforeThemWaits() {
        source.add(record(100));
        source.readTo(102);
        assertThat(source.tracker().position()).isEqualTo(100);

        source.tracker().take(100, 1).finish(0);
        source.pop();

        assertThat(source.tracker().position()).isEqualTo(102);
    }

    @Test
    void shouldBeFullByBytesAsWellAsByRecords() {
        byte[] large = new byte[400_000];
        source.add(record(100, large));
        source.add(record(101, large));
        assertThat(source.isFull()).isFalse();
        source.add(record(102, large));
        assertThat(source.isFull()).isTrue();
        source.tracker().take(100, 1);
        source.pop();
        assertThat(source.isFull()).isFalse();

        for (int i = 103; i < 1_000; i++) {
            source.add(record(i));
        }
        assertThat(source.isFull()).isTrue();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return record(offset, new byte[] {1});
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>("deliveries", 0, offset, new byte[0], value);
    }
}
