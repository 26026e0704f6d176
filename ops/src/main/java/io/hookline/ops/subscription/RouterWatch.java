package io.hookline.ops.subscription;

import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the routers have applied what was written to topic {@code subscriptions}, by the heartbeats they write to topic
 * {@code instances}. A router counts as live while it beats: its last beat is recent by its own time stamp, or a new one arrives here (so
 * that clocks that differ do no harm). One thread.
 */
public final class RouterWatch {
    private static final Duration RECENT = Duration.ofSeconds(30);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(15);
    private static final Duration FIRST_BEAT_MAX = Duration.ofSeconds(6);

    private final KafkaConnection kafka;
    private final RecordCodec<Instance> codec;
    private final Clock clock;
    private final Map<String, Beat> routers = new HashMap<>();

    /** What was heard of a router, and when here, on this machine's monotonic clock. */
    private record Beat(Instance instance, long heardNs, boolean live) {}

    /** How it ended. */
    public sealed interface Result {
        /** Every live router has it. */
        record Applied(List<String> routers) implements Result {}

        /** No router runs; the first that starts will have it. */
        record NoRouter() implements Result {}

        /**
         * Time is up.
         *
         * @param behind one clause for each router that does not have it yet
         */
        record Behind(List<String> behind) implements Result {}
    }

    public RouterWatch(KafkaConnection kafka) {
        this(kafka, Clock.systemUTC());
    }

    RouterWatch(KafkaConnection kafka, Clock clock) {
        this.kafka = kafka;
        this.codec = kafka.codec(Instance.class);
        this.clock = clock;
    }

    /**
     * Blocks until all live routers have applied these offsets, no router is live, or time is up.
     *
     * @param written partition of topic subscriptions to offset
     */
    public Result await(Map<Integer, Long> written, Duration timeout) {
        long startNs = System.nanoTime();
        TopicPartition partition = new TopicPartition(kafka.names().instances(), 0);
        try (PartitionReader reader = new PartitionReader(kafka)) {
            long next = Objects.requireNonNull(
                    reader.read(List.of(partition), Map.of(), PartitionReader.Open.SKIP, read -> hear(read, false))
                            .get(partition));
            while (true) {
                long waitedNs = System.nanoTime() - startNs;
                Result result = judge(written, waitedNs, waitedNs >= timeout.toNanos());
                if (result != null) {
                    return result;
                }
                next = reader.follow(partition, next, read -> hear(read, true));
            }
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> read, boolean now) {
        String id = read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
        if (read.value() == null) {
            routers.remove(id);
            return;
        }
        try {
            Instance instance = codec.decodeBlocking(read.value());
            if (instance.getRole() == InstanceRole.ROUTER) {
                boolean recent = instance.getBeatAt().isAfter(clock.instant().minus(RECENT));
                routers.put(id, new Beat(instance, System.nanoTime(), now || recent));
            }
        } catch (UndecodableException e) {
            routers.remove(id);
        } catch (RegistryException e) {
            if (!e.poison()) {
                throw e;
            }
        }
    }

    private @Nullable Result judge(Map<Integer, Long> written, long waitedNs, boolean timeUp) {
        List<String> applied = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        boolean silent = false;
        for (Map.Entry<String, Beat> router : new TreeMap<>(routers).entrySet()) {
            Beat beat = router.getValue();
            boolean stopped = System.nanoTime() - beat.heardNs > SILENCE_MAX.toNanos();
            if (!beat.live) {
                silent = true;
            } else if (!stopped) {
                String lag = lag(router.getKey(), beat.instance, written);
                if (lag == null) {
                    applied.add(router.getKey());
                } else {
                    behind.add(lag);
                }
            }
        }
        if (!behind.isEmpty()) {
            return timeUp ? new Result.Behind(behind) : null;
        }
        if (!applied.isEmpty()) {
            return new Result.Applied(applied);
        }
        boolean mayComeYet = silent && waitedNs < FIRST_BEAT_MAX.toNanos() && !timeUp;
        return mayComeYet ? null : new Result.NoRouter();
    }

    private static @Nullable String lag(String id, Instance router, Map<Integer, Long> written) {
        for (Map.Entry<Integer, Long> wanted : new TreeMap<>(written).entrySet()) {
            long has = router.getAppliedSubscriptions().getOrDefault(Integer.toString(wanted.getKey()), -1L);
            if (has < wanted.getValue()) {
                return "router " + id + " has applied partition " + wanted.getKey() + " up to offset " + has
                        + ", not yet " + wanted.getValue();
            }
        }
        return null;
    }
}
