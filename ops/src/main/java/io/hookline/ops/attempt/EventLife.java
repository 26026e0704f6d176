package io.hookline.ops.attempt;

import io.hookline.avro.Attempt;
import io.hookline.avro.Delivery;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadLetters;
import io.hookline.ops.dead.EventText;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.id.WebhookId;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The whole life of one delivery, put together from the topics by its {@code webhook-id}, which carries the event's time: where it was
 * emitted, when it was routed and replayed, each attempt, and its end. One thread.
 */
public final class EventLife {
    private final KafkaConnection kafka;
    private final RecordCodec<Delivery> codec;
    private final List<LifeStep> steps = new ArrayList<>();
    private final String webhookId;
    private final Instant since;
    private @Nullable String subscription;

    private EventLife(KafkaConnection kafka, String webhookId, @Nullable String subscription, Instant since) {
        this.kafka = kafka;
        this.codec = kafka.codec(Delivery.class);
        this.webhookId = webhookId;
        this.subscription = subscription;
        this.since = since;
    }

    /**
     * Finds it.
     *
     * @param subscription null where it is not known: then all partitions are read
     * @param since nothing recorded before is looked at
     * @return in the order of time; empty where nothing is recorded of it
     */
    public static List<LifeStep> of(
            KafkaConnection kafka, String webhookId, @Nullable String subscription, Instant since) {
        EventLife life = new EventLife(kafka, webhookId, subscription, since);
        life.attempts();
        life.deliveries(kafka.names().deliveries(), true);
        if (life.subscription != null) {
            life.deliveries(kafka.names().deliveriesReplay(), false);
            life.dead();
        }
        life.steps.sort(Comparator.comparing(LifeStep::at));
        return life.steps;
    }

    private void attempts() {
        try (AttemptLog log = new AttemptLog(kafka)) {
            var unused = log.read(new AttemptQuery(subscription, webhookId, false, since, null), attempt -> {
                subscription = attempt.getSubscription();
                steps.add(step(attempt));
            });
        }
    }

    private static LifeStep step(Attempt attempt) {
        return new LifeStep(
                attempt.getStartedAt(),
                "attempt",
                null,
                attempt.getAttempt(),
                attempt.getStatus(),
                lower(attempt.getReason()),
                attempt.getLatencyUs() / 1_000.0,
                lower(attempt.getNext()),
                attempt.getDetail());
    }

    private void deliveries(String topic, boolean onlyOne) {
        int all = kafka.partitions();
        List<TopicPartition> partitions = subscription == null
                ? PartitionReader.all(topic, all)
                : List.of(new TopicPartition(topic, SubscriptionPartition.of(subscription, all)));
        boolean[] found = {false};
        try (PartitionReader reader = new PartitionReader(kafka)) {
            Map<TopicPartition, Long> from = new HashMap<>(reader.offsetsAt(partitions, since.toEpochMilli()));
            from.values().removeIf(offset -> offset < 0);
            Map<TopicPartition, Long> ends = new HashMap<>(reader.ends(from.keySet()));
            reader.read(
                    from,
                    ends,
                    Open.SKIP,
                    read -> {
                        if (!(onlyOne && found[0])) {
                            found[0] |= delivery(read, onlyOne);
                        }
                    },
                    () -> onlyOne && found[0]);
        }
    }

    private boolean delivery(ConsumerRecord<byte[], byte[]> read, boolean isFirst) {
        Delivery delivery = FormatVersions.check(codec.decodeBlocking(read.value()));
        String known = subscription;
        if (known != null && !delivery.getSubscriptions().contains(known)) {
            return false;
        }
        EventAttributes attributes = EventText.attributes(delivery);
        for (String id : known == null ? delivery.getSubscriptions() : List.of(known)) {
            if (webhookId.equals(WebhookId.of(
                    attributes,
                    delivery.getTopic(),
                    delivery.getPartition(),
                    delivery.getOffset(),
                    delivery.getRecordedAt().toEpochMilli(),
                    id))) {
                subscription = id;
                record(read, delivery, isFirst);
                return true;
            }
        }
        return false;
    }

    private void record(ConsumerRecord<byte[], byte[]> read, Delivery delivery, boolean isFirst) {
        if (isFirst) {
            steps.add(plain(
                    delivery.getRecordedAt(),
                    "emitted",
                    delivery.getTopic() + "-" + delivery.getPartition() + "@" + delivery.getOffset(),
                    delivery.getType() + (delivery.getTenant() == null ? "" : " of " + delivery.getTenant())));
        }
        String replay = delivery.getReplayId();
        steps.add(plain(
                Instant.ofEpochMilli(read.timestamp()),
                replay == null ? "routed" : "replayed",
                read.topic() + "-" + read.partition() + "@" + read.offset(),
                replay == null ? "to " + subscription : "to " + subscription + " by " + replay));
    }

    private void dead() {
        DeadLetterQuery query = new DeadLetterQuery(subscription, null, null, Set.of(), since, null, Set.of(), true);
        try (DeadLetters dead = new DeadLetters(kafka)) {
            dead.list(query, row -> {
                if (webhookId.equals(row.summary().webhookId())) {
                    steps.add(new LifeStep(
                            row.recordedAt(),
                            "dead",
                            kafka.names().deliveriesDead() + "-" + row.id().partition() + "@"
                                    + row.id().offset(),
                            null,
                            row.summary().status(),
                            lower(row.summary().reason()),
                            null,
                            null,
                            "dead letter " + row.id() + ", "
                                    + lower(row.summary().cause()) + ", " + lower(row.state())));
                }
            });
        }
    }

    private static LifeStep plain(Instant at, String what, String where, String detail) {
        return new LifeStep(at, what, where, null, null, null, null, null, detail);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
