package io.hookline.deliverer.loop;

import io.hookline.avro.Reason;
import io.hookline.deliverer.commit.Output;
import io.hookline.deliverer.park.ParkedIndex;
import io.hookline.schemas.topic.StateKeys;
import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Subscriptions of one partition whose turn cannot come, and where their deliveries wait: nothing is copied, an index of their offsets is
 * written, in the same transaction that finishes them where they were read.
 */
final class Parking {
    private final Set<Target> changed = new LinkedHashSet<>();
    private final Set<Target> recallable = new LinkedHashSet<>();
    private final Set<Target> waiting = new LinkedHashSet<>();
    private int unwritten;

    /** A segment of a target's index, the subject of the record that holds it. */
    record Segment(Target target, int number) {}

    void park(Target target, ReadRecord record, int part, Reason why, long nowMs) {
        target.backlog().park(record, part, why, nowMs);
        unwritten++;
        changed.add(target);
        refresh(target);
    }

    /** A parked record's outcome is in the outbox. */
    void finish(Target target, String topic, long offset, int bytes) {
        if (target.backlog().index().finish(topic, offset, bytes)) {
            target.backlog().isFinishing(true);
            changed.add(target);
            refresh(target);
        }
    }

    /** Gives up what waits in a topic that was made anew. */
    void forgetTopic(Collection<Target> targets, String topic) {
        for (Target target : targets) {
            if (target.hasBacklog() && target.backlog().index().topics().contains(topic)) {
                target.backlog().index().forgetTopic(topic);
                target.backlog().isFinishing(true);
                changed.add(target);
                refresh(target);
            }
        }
    }

    /** Takes note of whether a target's records may be read again now. */
    void refresh(Target target) {
        boolean waits = target.hasBacklog() && !target.backlog().index().isEmpty();
        set(waiting, target, waits);
        boolean isAllowed = target.stopped() == null
                || (target.breaker().isOpen()
                        && target.hasBacklog()
                        && target.backlog().isExpiring());
        set(recallable, target, waits && isAllowed);
    }

    private static void set(Set<Target> targets, Target target, boolean isIn) {
        if (isIn) {
            targets.add(target);
        } else {
            targets.remove(target);
        }
    }

    /**
     * Gives up what has waited for too long: counted, where nothing may be tried; where the breaker is open each is read again, to become a dead
     * letter of its own.
     */
    void expire(Recorder recorder, long nowMs) {
        for (Target target : List.copyOf(waiting)) {
            long beforeMs = nowMs - target.waitsAtMostMs();
            Reason stopped = target.stopped();
            boolean isOld = target.backlog().index().isOlderThan(beforeMs);
            target.backlog().isExpiring(isOld);
            warn(target, recorder, nowMs);
            if (isOld && stopped != null && !target.breaker().isOpen()) {
                giveUp(target, stopped, beforeMs, recorder, nowMs);
            }
            refresh(target);
        }
    }

    /** Once for each time that what waits has waited for three quarters of what it may. */
    private static void warn(Target target, Recorder recorder, long nowMs) {
        boolean isLate = target.waitsAtMostMs() < Long.MAX_VALUE
                && target.backlog().index().isOlderThan(nowMs - target.waitsAtMostMs() / 4 * 3);
        if (isLate && !target.backlog().isForeseen()) {
            recorder.expiring(target, nowMs);
        }
        target.backlog().isForeseen(isLate);
    }

    private void giveUp(Target target, Reason why, long beforeMs, Recorder recorder, long nowMs) {
        for (ParkedIndex.GivenUp givenUp : target.backlog().index().giveUp(beforeMs)) {
            recorder.expired(target, why, givenUp, nowMs);
        }
        target.backlog().isFinishing(true);
        changed.add(target);
    }

    /** Targets with records that may be read again, in turn. */
    Set<Target> recallable() {
        return Collections.unmodifiableSet(recallable);
    }

    /** Parked records that the index as it was written does not have yet. */
    int unwritten() {
        return unwritten;
    }

    /**
     * What of the indexes has to be written, if it is time. The records in it are finished where they were read: what is returned has to be in
     * the same batch as the checkpoint that is made next.
     */
    List<Output> seal(Partition partition, TopicNames names, Codecs codecs, boolean isUrgent) {
        List<Output> outputs = new ArrayList<>();
        for (Iterator<Target> each = changed.iterator(); each.hasNext(); ) {
            Target target = each.next();
            Backlog backlog = target.backlog();
            if (backlog.isDue(isUrgent)) {
                each.remove();
                unwritten -= backlog.written();
                for (var change : backlog.index().changes()) {
                    byte[] value = change.unit() == null ? null : codecs.parkedUnit.encode(change.unit());
                    byte[] key = StateKeys.parked(target.id(), change.segment());
                    outputs.add(new Output(
                            partition,
                            new ProducerRecord<>(names.delivererState(), partition.number(), key, value),
                            new Segment(target, change.segment())));
                }
                target.forgetIdleBacklog();
            }
        }
        return outputs;
    }

    /** A segment was not written: it will be with the next batch. */
    void notWritten(Segment segment) {
        Backlog backlog = segment.target().backlog();
        backlog.index().notWritten(segment.number());
        backlog.isFinishing(true);
        changed.add(segment.target());
    }
}
