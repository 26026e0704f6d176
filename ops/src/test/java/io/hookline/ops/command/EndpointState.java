package io.hookline.ops.command;

import io.hookline.avro.EndpointStatus;
import io.hookline.avro.Reason;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.schemas.topic.StateKeys;
import java.time.Instant;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what a deliverer writes of an endpoint; that it writes exactly this is a test of the whole pipeline. */
final class EndpointState {
    static final Instant SINCE = Instant.parse("2026-11-24T08:00:00Z");

    private EndpointState() {}

    /** As after an answer 410. */
    static void disable(KafkaConnection kafka, String id) {
        StoredSubscription stored;
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            stored = service.get(id).orElseThrow();
        }
        disable(kafka, id, stored.partition(), stored.offset());
    }

    static void disable(KafkaConnection kafka, String id, int partition, long basedOn) {
        byte[] value = kafka.codec(EndpointStatus.class)
                .encode(EndpointStatus.newBuilder()
                        .setSubscription(id)
                        .setDisabledAt(SINCE)
                        .setDisabledReason(Reason.GONE)
                        .setDisabledAtOffset(basedOn)
                        .build());
        try (Producer<byte[], byte[]> producer = kafka.producer(kafka.names().prefix() + "test-owner")) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(
                    new ProducerRecord<>(kafka.names().delivererState(), partition, StateKeys.endpoint(id), value));
            producer.commitTransaction();
        }
    }
}
