package io.hookline.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.router.support.Events;
import io.hookline.router.support.Installation;
import io.hookline.router.support.RouterTestBase;
import io.hookline.router.support.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RouterRegistryIT extends RouterTestBase {
    @Test
    void shouldGoOnWithKnownSchemasAndHoldOthersBackWhileTheRegistryIsDown() throws Exception {
        installation.createEvents("known", 1);
        String topic = installation.createEvents("unknown", 2);
        installation.put(Subscriptions.of("all", "*"));
        Router router = start(RouterSettings.TRANSACTION_TIMEOUT_MS, "2000");
        installation.emit("known", Events.user("u1"));
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(1);

        installation.registry.setDown(true);
        byte[] unknown = installation.avro(Events.order("o1", "1.00"));
        byte[] known = installation.avro(Events.user("u2"));
        sendTo(topic, 0, known);
        sendTo(topic, 0, unknown);
        sendTo(topic, 0, known);
        sendTo(topic, 1, known);
        for (int i = 0; i < 20; i++) {
            installation.emit("known", Events.user("u3"));
        }
        deliveries.await(1 + 2 + 20);
        // longer than the transaction timeout and the session: nothing may be aborted, and nobody thrown out of the
        // group
        Awaitility.await()
                .during(Duration.ofSeconds(8))
                .atMost(LIMIT)
                .until(() -> deliveries.poll().size() == 23);
        assertThat(router.state()).isEqualTo(new RouterState.Running(false));

        installation.registry.setDown(false);
        deliveries.await(25);
        assertThat(deliveries.drain().stream()
                        .map(installation::delivery)
                        .filter(d -> d.getTopic().equals(topic) && d.getPartition() == 0)
                        .map(d -> d.getOffset()))
                .containsExactly(0L, 1L, 2L);
        assertThat(router.status().faults()).isZero();
        assertThat(installation.readDead().drain()).isEmpty();
    }

    private RecordMetadata sendTo(String topic, int partition, byte[] value) {
        ProducerRecord<byte[], byte[]> event = installation.event("unknown", value);
        return Installation.await(
                installation.send(new ProducerRecord<>(topic, partition, null, event.key(), value, event.headers())));
    }

    @Test
    void shouldPutEventsAsideWhoseSchemaDoesNotExist() throws Exception {
        installation.createEvents("order_created", 1);
        installation.put(Subscriptions.of("all", "*"));
        start();
        for (int id = 0; id < 100; id++) {
            byte[] value = {0, 1, 1, 1, (byte) id, 5, 5};
            Installation.await(installation.send(installation.event("order_created", value)));
        }
        RecordMetadata good = installation.emit("order_created", Events.order("o", "1.00"));
        List<PipelineDead> dead = installation.readDead().await(100).stream()
                .map(installation::dead)
                .toList();
        assertThat(dead).hasSize(100).allMatch(record -> record.getFault() == PipelineFault.UNKNOWN_SCHEMA);
        assertThat(dead.get(0).getDetail()).contains("404");
        assertThat(installation
                        .delivery(installation.readDeliveries().await(1).get(0))
                        .getOffset())
                .isEqualTo(good.offset());
    }

    @Test
    void shouldWaitForTheRegistryAtTheStart() throws Exception {
        installation.createEvents("user_register", 1);
        installation.put(Subscriptions.of("all", "*"));
        installation.emit("user_register", Events.user("u"));
        installation.registry.setDown(true);
        Router router = launch(installation.settings());
        Awaitility.await().atMost(LIMIT).until(() -> router.state().toString().contains("registering schemas: "));
        installation.registry.setDown(false);
        router.awaitRunning(LIMIT);
        installation.readDeliveries().await(1);
    }

    @Test
    void shouldCloseWhileItWaitsForTheRegistry() throws Exception {
        installation.registry.setDown(true);
        Router router = launch(installation.settings());
        Awaitility.await().atMost(LIMIT).until(() -> router.state().toString().contains("registering schemas: "));
        router.close();
        assertThat(router.state()).isEqualTo(new RouterState.Closed());
    }

    @Test
    void shouldHoldASubscriptionUntilItsSchemaIsKnownAndRouteMeanwhile() throws Exception {
        installation.createEvents("user_register", 1);
        Router router = start();
        awaitApplied(router, installation.put(Subscriptions.of("first", "*")));
        installation.emit("user_register", Events.user("u"));
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(1);

        byte[] value = installation.putRecord(Subscriptions.of("second", "*")).value();
        int other = installation.registry.add(SchemaBuilder.record("Subscription")
                .namespace("io.hookline.avro")
                .doc("another writer's")
                .fields()
                .requiredString("id")
                .requiredInt("unrelated")
                .endRecord());
        value[4] = (byte) other;
        installation.registry.setDown(true);
        RecordMetadata held = Installation.await(installation.send(
                new ProducerRecord<>(installation.names.subscriptions(), Installation.utf8("second"), value)));
        installation.emit("user_register", Events.user("u"));
        deliveries.await(2);
        assertThat(router.appliedSubscriptions().getOrDefault(held.partition(), -1L))
                .isLessThan(held.offset());
        installation.registry.setDown(false);
        awaitApplied(router, held);
        assertThat(router.problems()).extracting("key").containsExactly("second");
    }

    @Test
    void shouldNameTheSettingThatIsMissing() {
        Map<String, String> settings = installation.settings();
        settings.remove("schema.registry.url");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Router.start(settings))
                .hasMessageContaining("schema.registry.url");
    }
}
