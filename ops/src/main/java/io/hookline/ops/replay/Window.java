package io.hookline.ops.replay;

import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of the event topics. An event's type may be in its headers instead of its topic's name, so a time means a piece of every
 * event topic.
 *
 * @param firsts first offset by partition
 * @param ends offset after the last by the same partitions; larger than the first
 */
public record Window(Map<TopicPartition, Long> firsts, Map<TopicPartition, Long> ends) {
    public Window {
        firsts = Map.copyOf(firsts);
        ends = Map.copyOf(ends);
    }

    /**
     * What was recorded in a time, of what is there now.
     *
     * @param to null: up to now
     */
    public static Window of(KafkaConnection kafka, PartitionReader reader, Instant from, @Nullable Instant to) {
        List<TopicPartition> partitions = partitions(kafka);
        Map<TopicPartition, Long> now = reader.ends(partitions);
        Map<TopicPartition, Long> firsts = at(reader, now, from);
        return nonEmpty(firsts, to == null ? now : at(reader, now, to));
    }

    /**
     * Given pieces, of what is there now.
     *
     * @throws UnknownTopicOrPartitionException where there is no such partition
     */
    public static Window of(KafkaConnection kafka, PartitionReader reader, List<Piece> pieces) {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        Set<TopicPartition> existing = Set.copyOf(partitions(kafka));
        for (Piece piece : pieces) {
            String topic = kafka.names().events(piece.type());
            TopicPartition partition = new TopicPartition(topic, piece.partition());
            if (!existing.contains(partition)) {
                throw new UnknownTopicOrPartitionException("There is no partition " + piece.partition() + " of topic '"
                        + topic + "' at " + kafka.servers() + ".");
            }
            if (firsts.putIfAbsent(partition, piece.first()) != null) {
                throw new IllegalArgumentException(
                        "Partition " + piece.partition() + " of '" + piece.type() + "' is named twice; name it once.");
            }
            ends.put(partition, piece.last() + 1);
        }
        Map<TopicPartition, Long> now = reader.ends(firsts.keySet());
        Map<TopicPartition, Long> kept = reader.starts(firsts.keySet());
        firsts.replaceAll((partition, first) -> Math.max(first, kept.getOrDefault(partition, 0L)));
        ends.replaceAll((partition, end) -> Math.min(end, now.getOrDefault(partition, 0L)));
        return nonEmpty(firsts, ends);
    }

    /** How many offsets, which is at least the number of events. */
    public long offsets() {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - firsts.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private static Window nonEmpty(Map<TopicPartition, Long> firsts, Map<TopicPartition, Long> ends) {
        firsts.entrySet().removeIf(first -> first.getValue() >= ends.getOrDefault(first.getKey(), 0L));
        Map<TopicPartition, Long> kept = new HashMap<>(ends);
        kept.keySet().retainAll(firsts.keySet());
        return new Window(firsts, kept);
    }

    private static Map<TopicPartition, Long> at(PartitionReader reader, Map<TopicPartition, Long> now, Instant time) {
        Map<TopicPartition, Long> found = new HashMap<>(reader.offsetsAt(now.keySet(), time.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? now.getOrDefault(partition, 0L) : offset);
        return found;
    }

    private static List<TopicPartition> partitions(KafkaConnection kafka) {
        List<String> topics = kafka.await(kafka.admin().listTopics().names()).stream()
                .filter(name -> kafka.names().eventType(name).isPresent())
                .filter(name -> !name.equals(kafka.names().operations()))
                .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic : kafka.await(
                        kafka.admin().describeTopics(topics).allTopicNames())
                .values()) {
            partitions.addAll(
                    PartitionReader.all(topic.name(), topic.partitions().size()));
        }
        return partitions;
    }
}
