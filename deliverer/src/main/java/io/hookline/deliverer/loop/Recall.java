package io.hookline.deliverer.loop;

import io.hookline.deliverer.park.ParkedIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads parked records again when their turn has come, by a consumer of its own: those that the indexes name and, as far as it can be helped, no
 * others. All subscriptions of a partition share one reading that moves like an elevator: on to the next offset that somebody
 * wants, and back to the lowest when there is none.
 */
final class Recall {
    /** Fewer are not worth asking for, while there are others in memory. */
    private static final int SOME = 4;

    private final Consumer<byte[], byte[]> consumer;
    private final LoopSettings settings;
    private final RecalledWorks works;
    private final DelivererStats stats;
    private final Map<TopicPartition, Reading> readings = new HashMap<>();
    private final Set<Reading> wanting = new HashSet<>();

    Recall(Consumer<byte[], byte[]> consumer, LoopSettings settings, RecalledWorks works, DelivererStats stats) {
        this.consumer = consumer;
        this.settings = settings;
        this.works = works;
        this.stats = stats;
    }

    /** Whether records are awaited. */
    boolean isReading() {
        return !wanting.isEmpty();
    }

    /** Asks for what there is room for and takes what has been read; does not wait. */
    void run(Iterable<Partition> partitions, boolean hasRoom, long nowMs) {
        if (hasRoom) {
            for (Partition partition : partitions) {
                if (partition.isActive()) {
                    ask(partition);
                }
            }
        }
        if (wanting.isEmpty()) {
            return;
        }
        wanting.forEach(reading -> reading.move(consumer, nowMs));
        read(nowMs);
        wanting.removeIf(reading -> {
            reading.pause(consumer, !reading.isWanting());
            return !reading.isWanting();
        });
    }

    /** Stops reading for a partition that was let go. */
    void release(Partition partition) {
        if (readings.values().removeIf(reading -> reading.partition() == partition)) {
            wanting.removeIf(reading -> reading.partition() == partition);
            consumer.assign(readings.keySet());
        }
    }

    private void ask(Partition partition) {
        int max = Math.max(1, settings.partitionWorksMax() / 4);
        int used = partition.works(Source.Kind.CATCH_UP) + partition.asked();
        for (Target target : partition.parking().recallable()) {
            Backlog backlog = target.backlog();
            int own = Math.min(settings.targetQueueMax(), target.waitingLimit());
            long room = Share.limit(own, max, used) - target.waiting().size() - backlog.asked();
            if (room >= Math.min(own, SOME) && backlog.index().waiting() > 0) {
                used += ask(partition, target, (int) room);
            }
        }
    }

    /** Retries are older than what was never tried. */
    private int ask(Partition partition, Target target, int most) {
        ParkedIndex index = target.backlog().index();
        List<String> topics = new ArrayList<>(index.topics());
        String live = partition.live().topicPartition().topic();
        topics.sort((a, b) -> Boolean.compare(a.equals(live), b.equals(live)));
        int left = most;
        for (String topic : topics) {
            List<Long> offsets = left == 0 ? List.of() : index.take(topic, left);
            if (!offsets.isEmpty()) {
                Reading reading = reading(new TopicPartition(topic, partition.number()), partition);
                offsets.forEach(offset -> reading.want(offset, target));
                wanting.add(reading);
                left -= offsets.size();
            }
        }
        int asked = most - left;
        target.backlog().asked(asked);
        partition.asked(asked);
        return asked;
    }

    private Reading reading(TopicPartition topicPartition, Partition partition) {
        Reading known = readings.get(topicPartition);
        if (known == null) {
            known = new Reading(topicPartition, partition);
            readings.put(topicPartition, known);
            consumer.assign(readings.keySet());
        }
        return known;
    }

    private void read(long nowMs) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(Duration.ZERO);
        } catch (OffsetOutOfRangeException e) {
            Set<TopicPartition> outOfRange = e.offsetOutOfRangePartitions().keySet();
            consumer.seekToBeginning(outOfRange);
            wanting.stream()
                    .filter(reading -> outOfRange.contains(reading.topicPartition()))
                    .forEach(Reading::outOfRange);
            return;
        }
        stats.recalled().add(records.count());
        for (Reading reading : wanting) {
            long position = Tap.position(consumer, reading.topicPartition());
            if (position >= 0) {
                reading.read(records.records(reading.topicPartition()), position);
                make(reading, nowMs);
            }
        }
    }

    private void make(Reading reading, long nowMs) {
        ConsumerRecord<byte[], byte[]> record = reading.next();
        while (record != null && works.make(reading.partition(), record, reading.wanting(record), nowMs)) {
            reading.taken(record);
            record = reading.next();
        }
        if (record != null) {
            reading.again(nowMs);
        }
        works.gone(reading.partition(), reading.topicPartition(), reading.gone(), nowMs);
    }
}
