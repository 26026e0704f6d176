package io.hookline.deliverer.loop;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads deliveries with the consumer that is in the group; where the loop sleeps, it sleeps in here. */
final class LiveReader {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);

    private final Consumer<byte[], byte[]> group;
    private final Mailbox mailbox;
    private final Ownership ownership;

    LiveReader(Consumer<byte[], byte[]> group, Mailbox mailbox, Ownership ownership) {
        this.group = group;
        this.mailbox = mailbox;
        this.ownership = ownership;
    }

    /** Reads what has arrived. Where nothing has, waits so long for it or for a signal. */
    void read(long waitMs) {
        ConsumerRecords<byte[], byte[]> records = poll(waitMs > 0 && mailbox.fallAsleep() ? waitMs : 0);
        for (Partition partition : ownership.partitions()) {
            if (partition.isActive()) {
                Source live = partition.live();
                for (ConsumerRecord<byte[], byte[]> record : records.records(live.topicPartition())) {
                    partition.add(live, record);
                }
                var next = records.nextOffsets().get(live.topicPartition());
                if (next != null) {
                    live.readTo(next.offset());
                }
            }
        }
    }

    /** Stops or goes on reading. */
    void pause(Source live, boolean isPaused) {
        live.pause(group, isPaused);
    }

    private ConsumerRecords<byte[], byte[]> poll(long waitMs) {
        try {
            return group.poll(Duration.ofMillis(waitMs));
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .forEach((topicPartition, offset) -> LOG.error(
                            "deliveries are gone before they were read, going on with the first that is left: partition={} position={}",
                            topicPartition.partition(),
                            offset));
            group.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
            return ConsumerRecords.empty();
        } finally {
            mailbox.awake();
        }
    }
}
