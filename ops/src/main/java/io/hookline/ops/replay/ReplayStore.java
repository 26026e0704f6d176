package io.hookline.ops.replay;

import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.serde.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topic of replays: the last record of an id is how that replay stands. One thread. */
public final class ReplayStore implements AutoCloseable {
    private static final int PARTITION = 0;

    private final PartitionReader reader;
    private final RecordCodec<Replay> codec;
    private final String topic;

    public ReplayStore(KafkaConnection kafka) {
        this.topic = kafka.names().replays();
        kafka.partitionsOf(topic);
        this.reader = new PartitionReader(kafka);
        this.codec = kafka.codec(Replay.class);
    }

    /** All that are known, oldest first. */
    public List<Replay> all() {
        List<Replay> replays = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : last(Open.SKIP).values()) {
            replays.add(decode(read));
        }
        replays.sort(Comparator.comparing(Replay::getStartedAt).thenComparing(Replay::getId));
        return replays;
    }

    /** How a replay stands. */
    public Optional<Replay> get(String id) {
        return get(id, Open.SKIP);
    }

    /** The newest of those that were asked for in these words and did not end. */
    public Optional<Replay> unfinished(String words) {
        return all().stream()
                .filter(replay -> replay.getStatus() == ReplayStatus.RUNNING
                        && replay.getRequest().equals(words))
                .reduce((older, newer) -> newer);
    }

    Optional<Replay> get(String id, Open open) {
        return Optional.ofNullable(last(open).get(id)).map(this::decode);
    }

    ProducerRecord<byte[], byte[]> record(Replay replay) {
        return new ProducerRecord<>(
                topic, PARTITION, replay.getId().getBytes(StandardCharsets.UTF_8), codec.encode(replay));
    }

    @Override
    public void close() {
        reader.close();
    }

    private Map<String, ConsumerRecord<byte[], byte[]>> last(Open open) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        reader.readAll(List.of(new TopicPartition(topic, PARTITION)), open, read -> {
            if (read.key() != null) {
                last.put(new String(read.key(), StandardCharsets.UTF_8), read);
            }
        });
        last.values().removeIf(read -> read.value() == null);
        return last;
    }

    private Replay decode(ConsumerRecord<byte[], byte[]> read) {
        return FormatVersions.check(codec.decodeBlocking(read.value()));
    }
}
