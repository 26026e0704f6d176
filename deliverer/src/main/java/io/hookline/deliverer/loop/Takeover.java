package io.hookline.deliverer.loop;

import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out where a partition stands that was just assigned, without blocking.
 *
 * <p>The order matters. First the group's committed offset, asked for as a <em>stable</em> one. While a transaction with an offset for this
 * partition is open, there is none: the broker says so, and the admin client then leaves the partition out of its answer, which must not be
 * taken for "never committed" (a partition that is there with null). Only then the high watermark of the state topic: whatever the previous
 * owner committed together with that offset lies below it. The end offset that a read-committed consumer is told would not do: it is the last
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

    /**
     * Completes on a thread of the admin client, perhaps exceptionally; then it has to be asked again. With a {@link
     * RetriableCommitFailedException} where the previous owner's last transaction is still open, which its time-out ends.
     */
    CompletionStage<TakeoverOffsets> find(int partition) {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        topics().forEach(topic -> first.put(new TopicPartition(topic, partition), OffsetSpec.earliest()));
        return committed(new TopicPartition(names.deliveries(), partition))
                .thenCompose(committed -> list(first)
                        .thenCompose(earliest -> list(ends(partition)).thenApply(ends -> {
                            Long from = committed.map(OffsetAndMetadata::offset).orElse(null);
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

    private CompletionStage<Optional<OffsetAndMetadata>> committed(TopicPartition live) {
        String group = names.delivererGroup();
        return admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(live))),
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(true)
                                .timeoutMs(TIMEOUT_MS))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(offsets -> stable(live, offsets));
    }

    private static Optional<OffsetAndMetadata> stable(
            TopicPartition live, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.containsKey(live)) {
            throw new RetriableCommitFailedException("a transaction with an offset for " + live + " is open");
        }
        return Optional.ofNullable(offsets.get(live));
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
