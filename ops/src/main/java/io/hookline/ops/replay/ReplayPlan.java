package io.hookline.ops.replay;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayRange;
import io.hookline.avro.ReplayRule;
import io.hookline.avro.ReplayStatus;
import io.hookline.avro.Subscription;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.router.match.TypePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/** Makes of a request what is to be read and what must match, and counts it. */
public final class ReplayPlan {
    private static final int TYPES_COUNTED_MAX = 1_000;
    private static final String OTHER_TYPES = "(others)";

    private ReplayPlan() {}

    /**
     * What a replay would write.
     *
     * @param byType deliveries by event type
     */
    public record Count(long events, long deliveries, long unreadable, Map<String, Long> byType) {}

    /** A replay that has not begun. Asks the cluster where the wanted times are. */
    public static Replay of(
            KafkaConnection kafka, ReplayRequest request, Subscription subscription, String id, Instant now) {
        Window window;
        try (PartitionReader reader = new PartitionReader(kafka)) {
            window = request.pieces().isEmpty()
                    ? Window.of(kafka, reader, Objects.requireNonNull(request.from()), request.to())
                    : Window.of(kafka, reader, request.pieces());
        }
        List<ReplayRange> ranges = new ArrayList<>();
        window.firsts()
                .forEach((partition, first) -> ranges.add(ReplayRange.newBuilder()
                        .setTopic(partition.topic())
                        .setPartition(partition.partition())
                        .setFirst(first)
                        .setEnd(window.ends().getOrDefault(partition, first))
                        .setNext(first)
                        .build()));
        ranges.sort(Comparator.comparing(ReplayRange::getTopic).thenComparing(ReplayRange::getPartition));
        String me = Whoami.text();
        return Replay.newBuilder()
                .setId(id)
                .setSubscription(request.subscription())
                .setRequest(request.words())
                .setStatus(ReplayStatus.RUNNING)
                .setRules(rules(request, subscription))
                .setRanges(ranges)
                .setRate(request.rate())
                .setStartedAt(now)
                .setStartedBy(me)
                .setUpdatedAt(now)
                .setUpdatedBy(me)
                .build();
    }

    private static List<ReplayRule> rules(ReplayRequest request, Subscription subscription) {
        List<ReplayRule> rules = new ArrayList<>();
        rules.add(EventMatch.rule(subscription, request.ignoreFilter()));
        if (!request.types().isEmpty() || request.filter() != null) {
            rules.add(ReplayRule.newBuilder()
                    .setEventTypes(request.types().isEmpty() ? List.of(TypePattern.ANY) : request.types())
                    .setFilter(request.filter())
                    .build());
        }
        return rules;
    }

    /** How many offsets a replay still has before it; at least as many as events. */
    public static long left(Replay replay) {
        return replay.getRanges().stream()
                .mapToLong(range -> range.getEnd() - range.getNext())
                .sum();
    }

    /** How many offsets a replay has in all. */
    public static long total(Replay replay) {
        return replay.getRanges().stream()
                .mapToLong(range -> range.getEnd() - range.getFirst())
                .sum();
    }

    /**
     * Counts exactly what the run of a replay would write from where it stands; writes nothing.
     *
     * @param progress told how many more events were read
     */
    public static Count count(KafkaConnection kafka, Replay replay, LongConsumer progress) {
        EventMatch match = new EventMatch(kafka, replay.getRules());
        Map<TopicPartition, Long> from = new java.util.HashMap<>();
        Map<TopicPartition, Long> ends = new java.util.HashMap<>();
        for (ReplayRange range : replay.getRanges()) {
            if (range.getNext() < range.getEnd()) {
                TopicPartition partition = new TopicPartition(range.getTopic(), range.getPartition());
                from.put(partition, range.getNext());
                ends.put(partition, range.getEnd());
            }
        }
        Map<String, Long> byType = new TreeMap<>();
        long[] counts = new long[3];
        try (PartitionReader reader = new PartitionReader(kafka)) {
            reader.read(
                    from,
                    ends,
                    Open.WAIT,
                    read -> {
                        counts[0]++;
                        EventMatch.Outcome outcome = match.of(read);
                        if (outcome instanceof EventMatch.Outcome.Matches matches) {
                            counts[1]++;
                            boolean room = byType.size() < TYPES_COUNTED_MAX || byType.containsKey(matches.type());
                            byType.merge(room ? matches.type() : OTHER_TYPES, 1L, Long::sum);
                        } else if (outcome instanceof EventMatch.Outcome.Unreadable) {
                            counts[2]++;
                        }
                        progress.accept(1);
                    },
                    () -> false);
        }
        return new Count(counts[0], counts[1], counts[2], byType);
    }
}
