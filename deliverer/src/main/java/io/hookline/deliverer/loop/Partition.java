package io.hookline.deliverer.loop;

import io.hookline.avro.Checkpoint;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.TopicPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything an owner knows of one partition number p, over all topics that have it. A new object for each ownership: what is left
 * over from an earlier one is recognised by identity.
 *
 * <p>{@code RESTORING} (state and subscriptions are read up to their end at takeover) {@code -> ACTIVE} (deliveries are made) {@code ->
 * DRAINING} (revoked: attempts under way are waited for, none begins) {@code -> GONE}.
 */
final class Partition {
    enum Phase {
        RESTORING,
        ACTIVE,
        DRAINING,
        GONE
    }

    /** A retry whose last seconds are spent in memory. */
    record Held(Work work, long dueMs) {}

    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);
    private static final long AWAITED_LONG_MS = 10_000;

    private final int number;
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, EndpointStatus> statuses = new HashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::dueMs));
    private final Parking parking = new Parking();
    private Phase phase = Phase.RESTORING;
    private @Nullable TakeoverOffsets offsets;
    private @Nullable Checkpoint checkpoint;
    private final Map<String, String> unusableState = new TreeMap<>();
    private final Reminder stateReminder = new Reminder();
    private final Reminder subscriptionsReminder = new Reminder();
    private long awaitedSinceMs = -1;
    private long appliedSubscriptions;
    private boolean awaitsSubscriptions;
    private final Map<Source.Kind, Integer> works = new EnumMap<>(Source.Kind.class);
    private long workBytes;
    private int inFlight;
    private int asked;
    private boolean isDirty;

    Partition(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    Phase phase() {
        return phase;
    }

    boolean isActive() {
        return phase == Phase.ACTIVE;
    }

    void phase(Phase next) {
        phase = next;
    }

    @Nullable
    TakeoverOffsets offsets() {
        return offsets;
    }

    void offsets(TakeoverOffsets found) {
        offsets = found;
    }

    /** @param restored null where it was deleted */
    void checkpoint(@Nullable Checkpoint restored) {
        checkpoint = restored;
    }

    /** There is a record of state that cannot be used. */
    void unusableState(String key, String problem) {
        unusableState.put(key, problem);
    }

    /** The newest record of state with that key can be used, or is none. */
    void usableState(String key) {
        unusableState.remove(key);
    }

    /**
     * Whether it is known what the previous owner finished, and what it let wait. Where that cannot be read the partition waits: going on without it
     * would deliver again what was delivered, or lose what waits.
     */
    boolean hasUsableState() {
        if (!unusableState.isEmpty() && stateReminder.isDue()) {
            LOG.error(
                    "partition waits, its state cannot be used: partition={} problems={}"
                            + " (an owner that can read it goes on; to go on without it, and repeat what a checkpoint says is finished or give up"
                            + " what a parked segment says waits, delete the record with that key from the topic of deliverers' states)",
                    number,
                    unusableState);
        }
        return unusableState.isEmpty();
    }

    /** Where the previous owner stopped in a topic, or null where it said nothing. */
    @Nullable
    TopicPosition position(String topic) {
        if (checkpoint == null) {
            return null;
        }
        return checkpoint.getPositions().stream()
                .filter(position -> position.getTopic().equals(topic))
                .findFirst()
                .orElse(null);
    }

    Target target(String subscription) {
        return targets.computeIfAbsent(subscription, id -> new Target(this, id));
    }

    Map<String, Target> targets() {
        return targets;
    }

    /** Endpoint states read at takeover, until their subscriptions are there. */
    Map<String, EndpointStatus> statuses() {
        return statuses;
    }

    /** Where works come from, deliveries first. */
    List<Source> sources() {
        return sources;
    }

    /** Takes a record that was read of one of its sources. */
    void add(Source source, ConsumerRecord<byte[], byte[]> record) {
        if (source.add(record)) {
            parking.forgetTopic(targets.values(), record.topic());
        }
    }

    /** The source of first attempts; there is one once the partition is active. */
    Source live() {
        return sources.get(0);
    }

    /** Parked records asked for that have not been read yet. */
    int asked() {
        return asked;
    }

    void asked(int more) {
        asked += more;
    }

    /** What waits in the log. */
    Parking parking() {
        return parking;
    }

    PriorityQueue<Held> held() {
        return held;
    }

    /**
     * Whether the record of subscriptions with this offset has been applied. Where it has not, {@link #awaitsSubscriptions} says so until it
     * has.
     */
    boolean hasApplied(long offset) {
        awaitsSubscriptions = offset >= appliedSubscriptions;
        if (!awaitsSubscriptions) {
            awaitedSinceMs = -1;
            subscriptionsReminder.reset();
        } else if (awaitedSinceMs < 0) {
            awaitedSinceMs = Uptime.ms();
        } else if (Uptime.ms() - awaitedSinceMs > AWAITED_LONG_MS && subscriptionsReminder.isDue()) {
            LOG.error(
                    "a delivery waits for a record of subscriptions that does not come: partition={} offset={} readTo={}"
                            + " (if that topic was made anew, restart the routers, and skip the delivery by the group's offset)",
                    number,
                    offset,
                    appliedSubscriptions);
        }
        return !awaitsSubscriptions;
    }

    boolean awaitsSubscriptions() {
        return awaitsSubscriptions;
    }

    /** Everything below this offset of subscriptions has been applied. */
    void appliedSubscriptions(long position) {
        appliedSubscriptions = Math.max(appliedSubscriptions, position);
    }

    void began(Work work) {
        works.merge(work.kind(), 1, Integer::sum);
        if (work.group().began()) {
            workBytes += work.group().bytes();
        }
    }

    void left(Work work) {
        works.merge(work.kind(), -1, Integer::sum);
        if (work.group().left()) {
            workBytes -= work.group().bytes();
        }
    }

    /** Works of a kind in memory. */
    int works(Source.Kind kind) {
        return works.getOrDefault(kind, 0);
    }

    /** Bytes of the records that works in memory come from. */
    long workBytes() {
        return workBytes;
    }

    int inFlight() {
        return inFlight;
    }

    void took() {
        inFlight++;
    }

    void landed() {
        inFlight--;
    }

    /** Something was finished since the last checkpoint. */
    boolean isDirty() {
        return isDirty;
    }

    void dirty(boolean is) {
        isDirty = is;
    }
}
