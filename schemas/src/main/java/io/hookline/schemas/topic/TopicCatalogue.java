package io.hookline.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every topic of an installation: name, key, value, partitions and the settings Hookline relies on.
 *
 * <p>Topics that are deleted by age use {@code LogAppendTime}: how long a record is kept, and whether it was recorded before or after a
 * subscription was created, must not depend on the clock of whoever wrote it. They are kept by time alone: a cluster's own limit on
 * bytes would take records that still wait.
 */
public final class TopicCatalogue {
    /** P, unless chosen otherwise at creation; practically permanent. */
    public static final int DEFAULT_PARTITIONS = 32;

    /** Largest event, in bytes of key, value and headers together. */
    public static final int EVENT_BYTES_MAX = 1024 * 1024;

    /** Largest record of the other topics: an event, what Hookline adds to it, and the record's own overhead, in bytes. */
    public static final int RECORD_BYTES_MAX = 2 * EVENT_BYTES_MAX;

    private static final Duration WEEK = Duration.ofDays(7);

    /** How long deliveries are kept, those of retries and replays too, and so how long one can wait to be made. */
    public static final Duration DELIVERIES_KEPT = WEEK;

    private static final Duration MONTH = Duration.ofDays(30);

    private final TopicNames names;
    private final int partitions;

    /**
     * @param partitions P, 1 to 10,000
     */
    public TopicCatalogue(TopicNames names, int partitions) {
        if (partitions < 1 || partitions > 10_000) {
            throw new IllegalArgumentException("Number of partitions " + partitions
                    + " is not usable: choose 1 to 10000 (default " + DEFAULT_PARTITIONS + ").");
        }
        this.names = names;
        this.partitions = partitions;
    }

    public TopicNames names() {
        return names;
    }

    /** P. */
    public int partitions() {
        return partitions;
    }

    /** The topic of an event type; its partition count is its own and need not be P. */
    public TopicSpec events(String type, int eventPartitions) {
        return new TopicSpec(
                names.events(type),
                "ordering key",
                "domain event",
                eventPartitions,
                deletedAfter(WEEK, EVENT_BYTES_MAX + 64 * 1024));
    }

    /** All topics but those of events, in the order of the documentation. */
    public List<TopicSpec> pipeline() {
        List<TopicSpec> all = new ArrayList<>();
        all.add(spec(names.subscriptions(), "subscription id", "Subscription", compacted()));
        all.add(spec(names.deliveries(), "none", "Delivery", deletedAfter(DELIVERIES_KEPT)));
        all.add(spec(names.deliveriesReplay(), "none", "Delivery", deletedAfter(WEEK)));
        for (RetryTier tier : RetryTier.values()) {
            all.add(spec(names.deliveriesRetry(tier), "subscription id", "Retry", deletedAfter(WEEK)));
        }
        all.add(spec(names.deliveriesDead(), "subscription id", "DeadLetter", deletedAfter(MONTH)));
        // Twice as long: a mark must outlive the last segment of the dead letters it speaks of.
        all.add(spec(names.deliveriesDeadMarks(), "none", "DeadMark", deletedAfter(MONTH.multipliedBy(2))));
        all.add(new TopicSpec(names.pipelineDead(), "source key", "PipelineDead", 1, deletedAfter(MONTH)));
        all.add(spec(names.attempts(), "subscription id", "Attempt", deletedAfter(WEEK)));
        all.add(spec(names.operations(), "subscription id", "operational event, JSON", deletedAfter(WEEK)));
        all.add(spec(names.delivererState(), "kind and id", "Checkpoint, EndpointStatus, ParkedUnit", compacted()));
        all.add(spec(names.control(), "subscription id", "Command", deletedAfter(WEEK)));
        all.add(new TopicSpec(names.replays(), "replay id", "Replay", 1, compacted()));
        all.add(new TopicSpec(names.instances(), "instance id", "Instance", 1, compacted()));
        return List.copyOf(all);
    }

    private TopicSpec spec(String name, String key, String value, Map<String, String> config) {
        return new TopicSpec(name, key, value, partitions, config);
    }

    private static Map<String, String> deletedAfter(Duration retention) {
        return deletedAfter(retention, RECORD_BYTES_MAX);
    }

    private static Map<String, String> deletedAfter(Duration retention, int bytesMax) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", "delete");
        config.put("retention.ms", Long.toString(retention.toMillis()));
        config.put("retention.bytes", "-1");
        config.put("message.timestamp.type", "LogAppendTime");
        config.put("max.message.bytes", Integer.toString(bytesMax));
        return config;
    }

    private static Map<String, String> compacted() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", "compact");
        config.put("min.cleanable.dirty.ratio", "0.1");
        config.put("segment.ms", Long.toString(Duration.ofHours(1).toMillis()));
        config.put("delete.retention.ms", Long.toString(Duration.ofDays(1).toMillis()));
        config.put("max.message.bytes", Integer.toString(RECORD_BYTES_MAX));
        return config;
    }
}
