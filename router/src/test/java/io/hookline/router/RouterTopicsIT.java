package io.hookline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.router.support.Events;
import io.hookline.router.support.Installation;
import io.hookline.router.support.RouterTestBase;
import io.hookline.router.support.Subscriptions;
import io.hookline.testkit.junit.KafkaSpace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RouterTopicsIT extends RouterTestBase {
    @Test
    void shouldPickUpEventTypesThatAreAddedWhileItRuns() throws Exception {
        installation.put(Subscriptions.of("all", "*"));
        Router router = start();
        for (String type : List.of("first", "second")) {
            installation.createEvents(type, 2);
            installation.emit(type, Events.user(type));
        }
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(2);
        assertThat(deliveries.poll().stream()
                        .map(record -> installation.delivery(record).getType()))
                .containsExactlyInAnyOrder("first", "second");
        assertThat(router.status().faults()).isZero();
    }

    @Test
    void shouldPickUpMorePartitionsOfAnEventTopic() throws Exception {
        String topic = installation.createEvents("user_register", 1);
        installation.put(Subscriptions.of("all", "*"));
        Router router = start();
        installation.emit("user_register", Events.user("u0"));
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(1);

        installation
                .admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(5)))
                .all()
                .get(30, TimeUnit.SECONDS);
        byte[] value = installation.avro(Events.user("u"));
        for (int partition = 0; partition < 5; partition++) {
            ProducerRecord<byte[], byte[]> event = installation.event("user_register", value);
            ProducerRecord<byte[], byte[]> placed =
                    new ProducerRecord<>(topic, partition, null, event.key(), value, event.headers());
            Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> Installation.await(installation.send(placed)).hasOffset());
        }
        deliveries.await(6);
        assertThat(deliveries.drain().stream()
                        .map(record -> installation.delivery(record).getPartition()))
                .containsExactlyInAnyOrder(0, 0, 1, 2, 3, 4);
        assertThat(router.status().faults()).isZero();
    }

    @Test
    void shouldGoOnWhenAnEventTopicIsDeleted() throws Exception {
        String doomed = installation.createEvents("doomed", 1);
        installation.createEvents("stays", 1);
        installation.put(Subscriptions.of("all", "*"));
        start();
        installation.emit("doomed", Events.user("u"));
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(1);
        installation.admin().deleteTopics(List.of(doomed)).all().get(30, TimeUnit.SECONDS);
        installation.emit("stays", Events.user("u"));
        deliveries.await(2);
        assertThat(installation.delivery(deliveries.poll().get(1)).getType()).isEqualTo("stays");
    }

    @Test
    void shouldSayWhichTopicsAreMissingAndHowToMakeThem(KafkaSpace space) {
        try (Installation empty = new Installation(space.bootstrapServers(), space.name("empty."), 0)) {
            Router router = launch(empty.settings());
            assertThatThrownBy(() -> router.awaitRunning(LIMIT))
                    .isInstanceOf(RouterFailedException.class)
                    .hasMessageContaining("'" + empty.names.subscriptions() + "' does not exist")
                    .hasMessageContaining("'" + empty.names.deliveries() + "' does not exist")
                    .hasMessageContaining("hookline topics create");
            assertThat(router.stopped()).isCompleted();
        }
    }

    @Test
    void shouldRefuseTopicsWhoseNumbersOfPartitionsDiffer() throws Exception {
        installation
                .admin()
                .createPartitions(Map.of(installation.names.attempts(), NewPartitions.increaseTo(Installation.P + 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
        Awaitility.await().atMost(LIMIT).until(() -> installation.partitions(installation.names.attempts()) == 5);
        Router router = launch(installation.settings());
        assertThatThrownBy(() -> router.awaitRunning(LIMIT))
                .isInstanceOf(RouterFailedException.class)
                .hasMessageContaining(installation.names.attempts())
                .hasMessageContaining("5 partitions")
                .hasMessageContaining("has 4");
    }

    @Test
    void shouldStopWithAClearReasonWhenDeliveriesGetsMorePartitions() throws Exception {
        installation.createEvents("user_register", 1);
        installation.put(Subscriptions.of("all", "*"));
        Router router = start("producer.metadata.max.age.ms", "500");
        installation.emit("user_register", Events.user("u"));
        installation.readDeliveries().await(1);
        installation
                .admin()
                .createPartitions(Map.of(installation.names.deliveries(), NewPartitions.increaseTo(Installation.P + 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
        Awaitility.await().atMost(LIMIT).until(() -> {
            installation.emit("user_register", Events.user("u"));
            return router.state().isFinal();
        });
        assertThat(router.state())
                .isInstanceOfSatisfying(
                        RouterState.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains(installation.names.deliveries(), "had 4 partitions", "5 now"));
    }
}
