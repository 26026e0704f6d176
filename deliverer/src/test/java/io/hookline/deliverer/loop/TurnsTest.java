package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.Reason;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.BreakerPolicy;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.endpoint.PlatformDefaults;
import io.hookline.deliverer.loop.Source.Kind;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final PlatformDefaults DEFAULTS =
            new PlatformDefaults(RetrySchedule.parse("5s"), 60_000, 1_000, 8, new BreakerPolicy(true, 0.5, 20));

    private final Partition partition = new Partition(0);
    private final Turns turns = new Turns();

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void shouldGiveATenantWithOneSubscriptionAsManyTurnsAsOneWithMany() {
        for (int i = 0; i < 50; i++) {
            wait("many", "m" + i, Kind.LIVE, 10);
        }
        wait("one", "o", Kind.LIVE, 100);

        assertThat(taken(100)).containsEntry("one LIVE", 50).containsEntry("many LIVE", 50);
    }

    @Test
    void shouldLetSubscriptionsOfATenantTakeTurnsWhateverTheyHave() {
        wait("t", "long", Kind.LIVE, 1_000);
        wait("t", "short", Kind.LIVE, 5);

        turnsOf("short", 10, 5);
    }

    @Test
    void shouldServeFirstAttemptsBeforeReplaysOfOthersButLetThemGoOn() {
        for (int i = 0; i < 20; i++) {
            wait("t", "replayed" + i, Kind.REPLAY, 100);
        }
        wait("t", "live", Kind.LIVE, 1_000);

        assertThat(taken(160)).containsEntry("t LIVE", 150).containsEntry("t REPLAY", 10);
    }

    @Test
    void shouldLetASubscriptionStandForEachKindOnceAndForgetTenantsWithNothingToDo() {
        Target target = wait("t", "s", Kind.LIVE, 1);
        wait("t", "s", Kind.RETRY, 1);
        turns.add(target);

        assertThat(taken(2)).containsEntry("t LIVE", 1).containsEntry("t RETRY", 1);
        assertThat(turns.isEmpty()).isTrue();
        assertThat(turns.inFlight("t")).isZero();
        assertThat(turns.tenant("t"))
                .as("a new one")
                .isNotSameAs(turns.tenant("u"))
                .isSameAs(turns.tenant("t"));
    }

    private void turnsOf(String subscription, int of, int expected) {
        int own = 0;
        for (int i = 0; i < of; i++) {
            Target target = turns.next();
            own += target.id().equals(subscription) ? 1 : 0;
            target.waiting().next();
            turns.add(target);
        }
        assertThat(own).isEqualTo(expected);
    }

    private Map<String, Integer> taken(int count) {
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Target target = turns.next();
            Work work = target.waiting().next();
            taken.merge(target.tenant() + " " + work.kind(), 1, Integer::sum);
            turns.add(target);
        }
        return taken;
    }

    private Target wait(String tenant, String id, Kind kind, int works) {
        Target target = partition.target(id);
        if (target.tenant().isEmpty()) {
            target.define(new Target.Usable(endpoint(tenant, id)), 0);
        }
        for (int i = 0; i < works; i++) {
            target.waiting().add(new Work(partition, group(id), 0, kind, null));
        }
        turns.add(target);
        return target;
    }

    private static Endpoint endpoint(String tenant, String id) {
        return Endpoint.of(
                Subscription.newBuilder()
                        .setId(id)
                        .setTenant(tenant)
                        .setUrl("https://partner.example/hooks")
                        .setEventTypes(List.of("a"))
                        .setCreatedAt(Instant.EPOCH)
                        .setUpdatedAt(Instant.EPOCH)
                        .build(),
                DEFAULTS);
    }

    private static Group group(String subscription) {
        Delivery delivery = Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(new byte[1]))
                .setHeaders(List.of())
                .setTopic("events.a")
                .setPartition(0)
                .setOffset(0)
                .setRecordedAt(Instant.EPOCH)
                .setType("a")
                .setSubscriptions(List.of(subscription))
                .build();
        return new Group(
                new Origin() {
                    @Override
                    public void finish(Target target, int part) {}

                    @Override
                    public void park(Target target, int part, Reason why, long nowMs) {}
                },
                delivery,
                new ConsumerRecord<>("deliveries", 0, 0, new byte[0], new byte[9]));
    }
}
