package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.BreakerPolicy;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.endpoint.PlatformDefaults;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.schemas.serde.GeneratedClasses;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of each endpoint that is known, and that one which has worked gives back what it needed. */
class KnownEndpointsTest {
    private static final int COUNT = 20_000;
    private static final long BYTES_EACH_MAX = 2_000;
    private static final PlatformDefaults DEFAULTS =
            new PlatformDefaults(RetrySchedule.parse("5s 5m"), 60_000, 1_000, 8, new BreakerPolicy(true, 0.5, 20));

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void shouldKeepLittleOfEachAndGiveBackWhatOneNeedsToWork() {
        Idle idle = new Idle();
        long before = heap();
        Partition partition = new Partition(0);
        for (int i = 0; i < COUNT; i++) {
            partition.target("subscription-" + i).define(new Target.Usable(endpoint(i)), i);
        }
        long known = heap() - before;

        for (Target target : partition.targets().values()) {
            idle.works(target, Uptime.ms());
            Endpoint endpoint = ((Target.Usable) target.definition()).endpoint();
            assertThat(endpoint.headers("msg_1", 1_000, new byte[10])).isNotEmpty();
        }
        long worked = heap() - before;
        idle.run(Uptime.ms() + 2 * Idle.AFTER_MS);
        long rested = heap() - before;

        System.out.printf(
                "bytes of a known endpoint: %d, that works: %d, that rests: %d%n",
                known / COUNT, worked / COUNT, rested / COUNT);
        assertThat(known / COUNT).isLessThanOrEqualTo(BYTES_EACH_MAX);
        assertThat(worked).isGreaterThan(known + 200L * COUNT);
        assertThat(rested).isLessThanOrEqualTo(known + 64L * COUNT);
        assertThat(partition.targets()).hasSize(COUNT);
    }

    private static Endpoint endpoint(int number) {
        return Endpoint.of(
                Subscription.newBuilder()
                        .setId("subscription-" + number)
                        .setTenant("tenant-" + number % 100)
                        .setUrl("https://partner-" + number + ".example/hooks")
                        .setEventTypes(List.of("order_created"))
                        .setSigningKeys(List.of(SigningKey.newBuilder()
                                .setAlgorithm(SigningAlgorithm.HMAC_SHA256)
                                .setSecret(new Secret(ByteBuffer.wrap(new byte[32]), "", ""))
                                .setCreatedAt(Instant.EPOCH)
                                .build()))
                        .setCreatedAt(Instant.EPOCH)
                        .setUpdatedAt(Instant.EPOCH)
                        .build(),
                DEFAULTS);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
