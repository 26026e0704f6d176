package io.hookline.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.avro.Reason;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
    private static final Instant TIME = Instant.ofEpochMilli(1_790_000_000_123L);

    @BeforeAll
    static void trustGeneratedClasses() {
        GeneratedClasses.trust();
    }

    @Test
    void shouldReadBackWhatADeadDeliveryWrote() {
        Delivery delivery = Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(new byte[] {1}))
                .setTopic("events.order_created")
                .setPartition(3)
                .setOffset(42)
                .setRecordedAt(TIME)
                .setType("order_created")
                .setTenant("acmé")
                .setSubscriptions(List.of("crm"))
                .build();
        DeadLetter dead = DeadLetter.newBuilder()
                .setSubscription("crm")
                .setCause(DeadCause.EXHAUSTED)
                .setReason(Reason.SERVER_ERROR)
                .setWebhookId("msg_1")
                .setDelivery(delivery)
                .setAttempts(8)
                .setLastStatus(500)
                .setDeadAt(TIME)
                .build();

        assertThat(readBack(dead))
                .isEqualTo(new DeadLetterHeaders.Summary(
                        "crm",
                        "order_created",
                        "acmé",
                        DeadCause.EXHAUSTED,
                        Reason.SERVER_ERROR,
                        "msg_1",
                        500,
                        8,
                        TIME,
                        1));
    }

    @Test
    void shouldCountARange() {
        DeadLetter dead = DeadLetter.newBuilder()
                .setSubscription("crm")
                .setCause(DeadCause.RETENTION)
                .setDeadAt(TIME)
                .setRange(DeadRange.newBuilder()
                        .setTopic("deliveries")
                        .setPartition(1)
                        .setFirstOffset(5)
                        .setLastOffset(5_000_000_005L)
                        .setCount(4_000_000_000L)
                        .build())
                .build();

        assertThat(readBack(dead).count()).isEqualTo(4_000_000_000L);
    }

    @Test
    void shouldTreatForeignValuesAsAbsent() {
        Headers headers = new RecordHeaders();
        headers.add(DeadLetterHeaders.REASON, "of_a_later_release".getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetterHeaders.DEAD_AT, "yesterday".getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetterHeaders.STATUS, null);

        assertThat(DeadLetterHeaders.read(headers))
                .isEqualTo(new DeadLetterHeaders.Summary(
                        null, null, null, DeadCause.UNKNOWN, Reason.UNKNOWN, null, null, 0, null, 1));
    }

    private static DeadLetterHeaders.Summary readBack(DeadLetter dead) {
        Headers headers = new RecordHeaders();
        DeadLetterHeaders.write(dead, headers);
        return DeadLetterHeaders.read(headers);
    }
}
