package io.hookline.ops.dead;

import io.hookline.avro.Attempt;
import io.hookline.avro.DeadLetter;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds the attempts of one delivery. They are in the subscription's partition, between the first attempt and the end. */
public final class AttemptHistory implements AutoCloseable {
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    private final KafkaConnection kafka;
    private final PartitionReader reader;
    private final RecordCodec<Attempt> codec;

    public AttemptHistory(KafkaConnection kafka) {
        this.kafka = kafka;
        this.reader = new PartitionReader(kafka);
        this.codec = kafka.codec(Attempt.class);
    }

    /** What is still recorded of a dead letter's attempts, oldest first; empty for a range. */
    public List<Map<String, @Nullable Object>> of(DeadLetter letter) {
        String webhookId = letter.getWebhookId();
        Instant first = letter.getFirstAttemptAt();
        if (webhookId == null || first == null) {
            return List.of();
        }
        int p = SubscriptionPartition.of(letter.getSubscription(), kafka.partitions());
        TopicPartition partition = new TopicPartition(kafka.names().attempts(), p);
        long from = reader.offsetsAt(
                        List.of(partition), first.minus(CLOCKS_DIFFER_MAX).toEpochMilli())
                .getOrDefault(partition, -1L);
        if (from < 0) {
            return List.of();
        }
        byte[] key = letter.getSubscription().getBytes(StandardCharsets.UTF_8);
        List<Map<String, @Nullable Object>> attempts = new ArrayList<>();
        reader.read(List.of(partition), Map.of(partition, from), Open.SKIP, read -> {
            if (java.util.Arrays.equals(key, read.key())) {
                Attempt attempt = codec.decodeBlocking(read.value());
                if (attempt.getWebhookId().equals(webhookId)) {
                    attempts.add(row(attempt));
                }
            }
        });
        return attempts;
    }

    @Override
    public void close() {
        reader.close();
    }

    private static Map<String, @Nullable Object> row(Attempt attempt) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("attempt", attempt.getAttempt());
        row.put("startedAt", attempt.getStartedAt().toString());
        row.put("latencyMs", attempt.getLatencyUs() / 1_000.0);
        row.put("status", attempt.getStatus());
        row.put("reason", attempt.getReason().name().toLowerCase(Locale.ROOT));
        row.put("next", attempt.getNext().name().toLowerCase(Locale.ROOT));
        row.put("detail", attempt.getDetail());
        return row;
    }
}
