package io.hookline.deploy.demo;

import io.hookline.avro.Attempt;
import io.hookline.avro.Delivery;
import io.hookline.avro.NextStep;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.id.WebhookId;
import io.hookline.schemas.serde.RecordCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What really happened, from the topics and the receivers' own logs; nothing here was counted by the code that sent it.
 *
 * @param events records of the event topics
 * @param rows one a subscription
 * @param seconds since the start
 */
record Ledger(long events, List<Row> rows, double seconds) {

    /**
     * One subscription.
     *
     * @param routed different deliveries in topic deliveries
     * @param delivered those of them that its receiver accepted
     * @param strange webhooks that its receiver accepted and that were never routed to it
     * @param retried attempts that were followed by another
     * @param dead dead letters
     * @param replayed different deliveries in topic deliveries.replay
     * @param duplicates webhooks accepted more than once, each time after the first
     * @param badSignatures requests whose signature did not verify
     */
    record Row(
            String subscription,
            long routed,
            long delivered,
            long strange,
            long retried,
            long dead,
            long replayed,
            long duplicates,
            long badSignatures) {
        long lost() {
            return routed - delivered;
        }
    }

    static Ledger draw(KafkaConnection kafka, List<Partner> partners, double seconds) {
        long events = 0;
        for (String type : List.of("user_register", "order_created")) {
            try (Topic topic = new Topic(kafka, kafka.names().events(type))) {
                events += topic.count();
            }
        }
        Map<String, Set<String>> routed = deliveries(kafka, kafka.names().deliveries());
        Map<String, Set<String>> replayed = deliveries(kafka, kafka.names().deliveriesReplay());
        Map<String, Long> retried = retried(kafka);
        Map<String, Long> dead = dead(kafka);
        List<Row> rows = new ArrayList<>();
        for (Partner partner : partners) {
            String id = partner.id();
            Set<String> accepted = partner.acceptedIds();
            Set<String> delivered = new HashSet<>(routed.getOrDefault(id, Set.of()));
            long wanted = delivered.size();
            delivered.retainAll(accepted);
            rows.add(new Row(
                    id,
                    wanted,
                    delivered.size(),
                    accepted.size() - delivered.size(),
                    retried.getOrDefault(id, 0L),
                    dead.getOrDefault(id, 0L),
                    replayed.getOrDefault(id, Set.of()).size(),
                    partner.accepted() - accepted.size(),
                    partner.badSignatures()));
        }
        return new Ledger(events, rows, seconds);
    }

    /** Webhook ids by subscription. */
    private static Map<String, Set<String>> deliveries(KafkaConnection kafka, String name) {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        read(kafka, name, Delivery.class, delivery -> {
            EventAttributes attributes = EventHeaders.read(visitor -> delivery.getHeaders()
                    .forEach(header -> visitor.header(header.getName(), bytes(header.getValue()))));
            Instant time = attributes.time() == null ? delivery.getRecordedAt() : attributes.time();
            for (String subscription : delivery.getSubscriptions()) {
                ids.computeIfAbsent(subscription, s -> new HashSet<>())
                        .add(WebhookId.of(
                                time.toEpochMilli(),
                                String.valueOf(attributes.source()),
                                String.valueOf(attributes.id()),
                                subscription));
            }
        });
        return ids;
    }

    private static Map<String, Long> retried(KafkaConnection kafka) {
        Map<String, Long> retried = new LinkedHashMap<>();
        read(kafka, kafka.names().attempts(), Attempt.class, attempt -> {
            if (attempt.getNext() == NextStep.RETRY) {
                retried.merge(attempt.getSubscription(), 1L, Long::sum);
            }
        });
        return retried;
    }

    private static Map<String, Long> dead(KafkaConnection kafka) {
        Map<String, Long> dead = new LinkedHashMap<>();
        read(
                kafka,
                kafka.names().deliveriesDead(),
                io.hookline.avro.DeadLetter.class,
                letter -> dead.merge(letter.getSubscription(), 1L, Long::sum));
        return dead;
    }

    private static <T extends SpecificRecord> void read(
            KafkaConnection kafka, String name, Class<T> type, java.util.function.Consumer<T> each) {
        RecordCodec<T> codec = RecordCodec.of(type, kafka.registry());
        try (Topic topic = new Topic(kafka, name)) {
            topic.read(record -> each.accept(codec.decodeBlocking(record.value())));
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private long sum(java.util.function.ToLongFunction<Row> column) {
        return rows.stream().mapToLong(column).sum();
    }

    /** Whether every event reached everyone it was for, once and signed, and nobody else. */
    boolean balances(long expectedEvents, long expectedDeliveries) {
        return events == expectedEvents
                && sum(Row::routed) == expectedDeliveries
                && sum(Row::delivered) == expectedDeliveries
                && sum(Row::strange) == 0
                && sum(Row::dead) == sum(Row::replayed)
                && sum(Row::duplicates) == 0
                && sum(Row::badSignatures) == 0;
    }

    /** As the last line of {@code --json}. */
    Map<String, Object> toMap(boolean isBalanced) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("events", events);
        map.put("deliveries", sum(Row::routed));
        map.put("delivered", sum(Row::delivered));
        map.put("retried", sum(Row::retried));
        map.put("dead", sum(Row::dead));
        map.put("replayed", sum(Row::replayed));
        map.put("lost", sum(Row::lost));
        map.put("misrouted", sum(Row::strange));
        map.put("duplicates", sum(Row::duplicates));
        map.put("badSignatures", sum(Row::badSignatures));
        map.put("seconds", seconds);
        map.put("ok", isBalanced);
        Map<String, Object> subscriptions = new LinkedHashMap<>();
        for (Row row : rows) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("deliveries", row.routed());
            entry.put("delivered", row.delivered());
            entry.put("retried", row.retried());
            entry.put("dead", row.dead());
            entry.put("replayed", row.replayed());
            entry.put("lost", row.lost());
            entry.put("duplicates", row.duplicates());
            entry.put("badSignatures", row.badSignatures());
            subscriptions.put(row.subscription(), entry);
        }
        map.put("subscriptions", subscriptions);
        return map;
    }
}
