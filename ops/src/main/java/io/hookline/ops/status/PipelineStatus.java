package io.hookline.ops.status;

import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * How the pipeline stands at one moment.
 *
 * @param stages in the order of an event's way
 * @param parked by subscription, most first
 * @param instances routers, then deliverers
 * @param diskBytes by topic, all replicas; empty where the brokers may not be asked
 */
public record PipelineStatus(
        List<Stage> stages, List<Parked> parked, List<Running> instances, Map<String, Long> diskBytes) {
    private static final Duration BEAT_MAX = Duration.ofSeconds(30);

    public PipelineStatus {
        stages = List.copyOf(stages);
        parked = List.copyOf(parked);
        instances = List.copyOf(instances);
        diskBytes = Map.copyOf(diskBytes);
    }

    /** Asks for it. Takes as long as reading {@code deliverer.state} does. */
    public static PipelineStatus read(KafkaConnection kafka, Instant now) {
        try (PartitionReader reader = new PartitionReader(kafka)) {
            OwnerState owners = OwnerState.read(kafka, reader);
            return new Reading(kafka, reader, owners, now).all();
        }
    }

    /** Since when the oldest of what should have been delivered waits; null where nothing does. Not yet due retries do not count. */
    public @Nullable Instant oldestUndelivered() {
        Instant oldest = null;
        for (Stage stage : stages) {
            Instant at = stage.waiting().oldest();
            if (at != null && !stage.name().equals("retry later") && (oldest == null || at.isBefore(oldest))) {
                oldest = at;
            }
        }
        return oldest;
    }

    private record Reading(KafkaConnection kafka, PartitionReader reader, OwnerState owners, Instant now) {
        PipelineStatus all() {
            List<Stage> stages = new ArrayList<>();
            stages.add(route());
            stages.add(
                    owned("deliver", "deliveries at their owner", kafka.names().deliveries()));
            stages.add(owned("replay", "replayed deliveries", kafka.names().deliveriesReplay()));
            stages.addAll(retries());
            List<Parked> parked = owners.parked();
            stages.add(parked(parked));
            List<Running> running = new ArrayList<>(routers());
            running.addAll(deliverers());
            return new PipelineStatus(stages, parked, running, disk());
        }

        private Stage route() {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : kafka.await(kafka.admin().listTopics().names())) {
                if (kafka.names().eventType(topic).isPresent()) {
                    partitions.addAll(PartitionReader.all(topic, kafka.partitionsOf(topic)));
                }
            }
            Map<TopicPartition, Long> positions = new HashMap<>(reader.starts(partitions));
            positions.putAll(committed(kafka.names().routerGroup()));
            return new Stage("route", "events before a router", waiting(positions, partitions, 0));
        }

        private Stage owned(String name, String what, String topic) {
            List<TopicPartition> partitions = PartitionReader.all(topic, kafka.partitions());
            return new Stage(name, what, waiting(positions(partitions), partitions, owners.done(topic)));
        }

        private Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> positions = new HashMap<>(reader.starts(partitions));
            positions.replaceAll(
                    (partition, start) -> Math.max(start, owners.positions().getOrDefault(partition, 0L)));
            return positions;
        }

        private Waiting waiting(Map<TopicPartition, Long> positions, Collection<TopicPartition> partitions, long done) {
            return new Backlog(reader)
                    .count(positions, reader.ends(partitions), done, now.toEpochMilli())
                    .all();
        }

        /** A tier lets go what was recorded its delay ago: what is younger is not late, however long the queue. */
        private List<Stage> retries() {
            long due = 0;
            long later = 0;
            boolean exact = true;
            Instant oldestDue = null;
            Instant firstLater = null;
            for (RetryTier tier : RetryTier.values()) {
                String topic = kafka.names().deliveriesRetry(tier);
                List<TopicPartition> partitions = PartitionReader.all(topic, kafka.partitions());
                long boundaryMs = now.toEpochMilli() - tier.delayMs();
                Backlog.Counted counted = new Backlog(reader)
                        .count(positions(partitions), reader.ends(partitions), owners.done(topic), boundaryMs);
                due += counted.upTo();
                later += counted.all().records() - counted.upTo();
                exact &= counted.all().exact();
                Instant oldest = counted.all().oldest();
                if (oldest != null && counted.upTo() > 0) {
                    oldestDue = earlier(oldestDue, oldest.plus(tier.delay()));
                } else if (oldest != null) {
                    firstLater = earlier(firstLater, oldest);
                }
            }
            return List.of(
                    new Stage("retry", "retries that are due", new Waiting(due, exact, oldestDue)),
                    new Stage("retry later", "retries that are not due yet", new Waiting(later, exact, firstLater)));
        }

        private static Instant earlier(@Nullable Instant known, Instant other) {
            return known == null || other.isBefore(known) ? other : known;
        }

        private static Stage parked(List<Parked> parked) {
            long records = parked.stream().mapToLong(Parked::records).sum();
            Instant since = null;
            for (Parked one : parked) {
                since = earlier(since, one.since());
            }
            return new Stage(
                    "parked", "waiting in the log: endpoint down, paused, slow", new Waiting(records, true, since));
        }

        private Map<TopicPartition, Long> committed(String group) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            try {
                Map<TopicPartition, OffsetAndMetadata> found = kafka.await(
                        kafka.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
                found.forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
            } catch (GroupIdNotFoundException e) {
                return Map.of();
            }
            return offsets;
        }

        private List<Running> routers() {
            RecordCodec<Instance> codec = kafka.codec(Instance.class);
            Map<String, Running> routers = new TreeMap<>();
            reader.readAll(List.of(new TopicPartition(kafka.names().instances(), 0)), Open.SKIP, read -> {
                String id = read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
                routers.remove(id);
                if (read.value() != null) {
                    router(codec, read.value(), routers);
                }
            });
            return List.copyOf(routers.values());
        }

        private void router(RecordCodec<Instance> codec, byte[] value, Map<String, Running> routers) {
            try {
                Instance instance = codec.decodeBlocking(value);
                if (instance.getRole() == InstanceRole.ROUTER
                        && instance.getBeatAt().isAfter(now.minus(BEAT_MAX))) {
                    routers.put(
                            instance.getId(),
                            new Running(
                                    "router",
                                    instance.getId(),
                                    instance.getHost(),
                                    instance.getVersion(),
                                    instance.getPartitions().size(),
                                    instance.getBeatAt()));
                }
            } catch (UndecodableException e) {
                // One that this release cannot read is none that it can show.
            }
        }

        private List<Running> deliverers() {
            String group = kafka.names().delivererGroup();
            List<Running> running = new ArrayList<>();
            try {
                ConsumerGroupDescription described = kafka.await(kafka.admin()
                                .describeConsumerGroups(List.of(group))
                                .all())
                        .get(group);
                if (described == null) {
                    return List.of();
                }
                for (MemberDescription member : described.members()) {
                    running.add(new Running(
                            "deliverer",
                            member.groupInstanceId().orElse(member.clientId()),
                            member.host().replaceFirst("^/", ""),
                            "",
                            member.assignment().topicPartitions().size(),
                            null));
                }
            } catch (GroupIdNotFoundException e) {
                return List.of();
            }
            return running;
        }

        private Map<String, Long> disk() {
            TopicNames names = kafka.names();
            Set<String> ours = new HashSet<>(new TopicCatalogue(names, kafka.partitions())
                    .pipeline().stream().map(TopicSpec::name).toList());
            Map<String, Long> bytes = new HashMap<>();
            try {
                List<Integer> brokers = kafka
                        .await(kafka.admin().describeCluster().nodes())
                        .stream()
                        .map(Node::id)
                        .toList();
                for (Map<String, LogDirDescription> dirs : kafka.await(
                                kafka.admin().describeLogDirs(brokers).allDescriptions())
                        .values()) {
                    for (LogDirDescription dir : dirs.values()) {
                        dir.replicaInfos().forEach((partition, replica) -> {
                            String topic = partition.topic();
                            if (ours.contains(topic) || names.eventType(topic).isPresent()) {
                                bytes.merge(topic, replica.size(), Long::sum);
                            }
                        });
                    }
                }
            } catch (AuthorizationException e) {
                return Map.of();
            }
            return bytes;
        }
    }
}
