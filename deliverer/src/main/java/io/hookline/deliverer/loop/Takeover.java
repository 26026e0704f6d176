package io.hookline.deliverer.loop;

import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a partition stands that was just assigned, without blocking.
 *
 * <p>The order matters. First the group's committed offset, asked for as a <em>stable</em> one: the broker waits with the answer until no
 * transaction with an offset for this partition is open. Only then the high watermark of the state topic: whatever the previous owner
 * committed together with that offset lies below it. The end offset that a read-committed consumer is told would not do: it is the last
 * stable offset, which an open transaction of somebody else holds back, and restoring up to there could miss state that belongs to the
 * offset just read.
 */
final class Takeover {
    private static final int TIMEOUT_MS = 10_000;

    private final Admin admin;
    private final TopicNames names;

    Takeover(Admin admin, TopicNames names) {
        this.admin = admin;
        this.names = names;
    }

    /** Completes on a thread of the admin client, perhaps exceptionally; then it has to be asked again. */
    CompletionStage<TakeoverOffsets> find(int partition) {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        topics().forEach(topic -> first.put(new TopicPartition(topic, partition), OffsetSpec.earliest()));
        return committed(new TopicPartition(names.deliveries(), partition))
                .thenCompose(committed -> list(first)
                        .thenCompose(earliest -> list(ends(partition)).thenApply(ends -> {
                            TopicPartition live = new TopicPartition(names.deliveries(), partition);
                            long from = committed == null ? earliest.getOrDefault(live, 0L) : committed.offset();
                            return new TakeoverOffsets(from, earliest, ends);
                        })));
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>(
                List.of(names.deliveries(), names.deliveriesReplay(), names.subscriptions(), names.delivererState()));
        for (RetryTier tier : RetryTier.values()) {
            topics.add(names.deliveriesRetry(tier));
        }
        return topics;
    }

    private Map<TopicPartition, OffsetSpec> ends(int partition) {
        return Map.of(
                new TopicPartition(names.delivererState(), partition), OffsetSpec.latest(),
                new TopicPartition(names.subscriptions(), partition), OffsetSpec.latest());
    }

    private CompletionStage<@Nullable OffsetAndMetadata> committed(TopicPartition live) {
        String group = names.delivererGroup();
        return admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(live))),
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(true)
                                .timeoutMs(TIMEOUT_MS))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(offsets -> offsets.get(live));
    }

    private CompletionStage<Map<TopicPartition, Long>> list(Map<TopicPartition, OffsetSpec> specs) {
        Function<Map<TopicPartition, ListOffsetsResultInfo>, Map<TopicPartition, Long>> offsets = infos -> {
            Map<TopicPartition, Long> result = new HashMap<>();
            infos.forEach((topicPartition, info) -> result.put(topicPartition, info.offset()));
            return result;
        };
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> all = admin.listOffsets(
                        specs, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(TIMEOUT_MS))
                .all()
                .toCompletionStage()
                .toCompletableFuture();
        return all.thenApply(offsets);
    }
}
