package io.hookline.deliverer.loop;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka says of a partition at takeover.
 *
 * @param committed where the group goes on in deliveries; null where it never said so, or so long ago that the broker forgot it
 * @param first offset of the first record, each topic that the owner reads
 * @param highWatermark of the state and the subscriptions topic: restored when read up to there
 */
record TakeoverOffsets(
        @Nullable Long committed, Map<TopicPartition, Long> first, Map<TopicPartition, Long> highWatermark) {}
