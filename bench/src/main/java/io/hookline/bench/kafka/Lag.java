package io.hookline.bench.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the deliverers' group is behind the end of {@code deliveries}. For one thread. */
public final class Lag {
    private static final long LOOK_NS = Duration.ofMillis(200).toNanos();

    private final Installation installation;

    public Lag(Installation installation) {
        this.installation = installation;
    }

    /**
     * Blocks until there is none, or hardly any less than some time ago: what is left then has been read and is being tried. A partition's last
     * offset may be a transaction's marker, which nobody reads: up to one each is none.
     *
     * @param step how many records fewer there must be every {@code time} to be waited for
     * @return how many records it is behind, 0 for none
     */
    public long awaitSettled(long step, Duration time) throws ExecutionException, InterruptedException {
        long least = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (long lag = lag(); lag > 0; lag = lag()) {
            if (least - lag >= step) {
                least = lag;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > time.toNanos()) {
                return lag;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return 0;
    }

    private long lag() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = installation
                .admin()
                .listConsumerGroupOffsets(installation.names().delivererGroup())
                .partitionsToOffsetAndMetadata()
                .get();
        List<TopicPartition> partitions = installation
                .admin()
                .describeTopics(List.of(installation.names().deliveries()))
                .allTopicNames()
                .get()
                .values()
                .stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        long lag = 0;
        for (var end : installation.admin().listOffsets(ends).all().get().entrySet()) {
            OffsetAndMetadata at = committed.get(end.getKey());
            long behind = end.getValue().offset() - (at == null ? 0 : at.offset());
            lag += behind <= 1 ? 0 : behind;
        }
        return lag;
    }
}
