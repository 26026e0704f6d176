package io.hookline.deliverer.loop;

import io.hookline.avro.Delivery;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes works again of parked records that were read again. */
final class RecalledWorks {
    private static final Logger LOG = LoggerFactory.getLogger(RecalledWorks.class);

    private final WorkRecords records;
    private final Recorder recorder;
    private final Dispatcher dispatcher;
    private final Reminder newerRelease = new Reminder();

    RecalledWorks(WorkRecords records, Recorder recorder, Dispatcher dispatcher) {
        this.records = records;
        this.recorder = recorder;
        this.dispatcher = dispatcher;
    }

    /**
     * Lets those try that want the record.
     *
     * @return whether that was possible; not while the record cannot be read
     */
    boolean make(Partition partition, ConsumerRecord<byte[], byte[]> record, List<Target> targets, long nowMs) {
        WorkRecords.Content content = records.read(record);
        if (content instanceof WorkRecords.Known known) {
            arrived(partition, record, targets, known.value());
            return true;
        }
        if (content instanceof WorkRecords.Unreadable unreadable) {
            reject(partition, record, targets, unreadable, nowMs);
            return true;
        }
        if (content instanceof WorkRecords.AwaitsRelease awaits && newerRelease.isDue()) {
            LOG.error(
                    "a parked record needs a newer release of the deliverer and waits for one: topic={} partition={} offset={}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    awaits.why().getMessage());
        }
        return false;
    }

    private void arrived(
            Partition partition, ConsumerRecord<byte[], byte[]> record, List<Target> targets, SpecificRecord value) {
        Delivery delivery = value instanceof Retry retry ? retry.getDelivery() : (Delivery) value;
        RetryState state = value instanceof Retry retry ? retry.getState() : null;
        Group group =
                new Group(new RecalledRecord(record.topic(), record.offset(), record.value().length), delivery, record);
        for (Target target : targets) {
            partition.asked(-1);
            target.backlog().arrived();
            int part = delivery.getSubscriptions().indexOf(target.id());
            if (part < 0) {
                LOG.error(
                        "a parked record is not the one that was parked, its topic was made anew: topic={} partition={} offset={} subscription={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        target.id());
                partition.parking().finish(target, record.topic(), record.offset(), 0);
                partition.dirty(true);
            } else {
                offer(record, target, new Work(partition, group, part, Source.Kind.CATCH_UP, state));
            }
        }
    }

    /** Unless nothing may be tried any more, or it was given up meanwhile. */
    private void offer(ConsumerRecord<byte[], byte[]> record, Target target, Work work) {
        if (!target.backlog().index().contains(record.topic(), record.offset())) {
            return;
        }
        if (target.stopped() == null || target.breaker().isOpen()) {
            work.begin();
            dispatcher.offer(work);
        } else {
            target.backlog().index().putBack(record.topic(), record.offset());
        }
    }

    private void reject(
            Partition partition,
            ConsumerRecord<byte[], byte[]> record,
            List<Target> targets,
            WorkRecords.Unreadable why,
            long nowMs) {
        recorder.unreadable(partition, record, why.fault(), why.detail(), nowMs);
        for (Target target : targets) {
            partition.asked(-1);
            target.backlog().arrived();
            partition.parking().finish(target, record.topic(), record.offset(), 0);
        }
    }

    /** Records a loss that retention caused: what was parked is not in the log any more. */
    void gone(Partition partition, TopicPartition topicPartition, Map<Long, List<Target>> gone, long nowMs) {
        Map<Target, TreeSet<Long>> byTarget = new LinkedHashMap<>();
        gone.forEach((offset, targets) -> targets.forEach(target ->
                byTarget.computeIfAbsent(target, any -> new TreeSet<>()).add(offset)));
        byTarget.forEach((target, offsets) -> {
            int count = 0;
            for (long offset : offsets) {
                partition.asked(-1);
                target.backlog().arrived();
                if (target.backlog().index().contains(topicPartition.topic(), offset)) {
                    partition.parking().finish(target, topicPartition.topic(), offset, 0);
                    count++;
                }
            }
            if (count > 0) {
                recorder.gone(target, topicPartition, offsets.first(), offsets.last(), count, nowMs);
            }
        });
    }
}
