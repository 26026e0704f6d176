package io.hookline.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.router.support.Events;
import io.hookline.router.support.Installation;
import io.hookline.router.support.Subscriptions;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicSpec;
import io.hookline.testkit.kafka.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker of its own, which is stopped, cleaned and damaged. */
class RouterFaultIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private EmbeddedKafka kafka;
    private Installation installation;
    private final List<Router> routers = new ArrayList<>();

    @BeforeEach
    void install() {
        kafka = EmbeddedKafka.builder()
                .serverProperty("log.cleaner.backoff.ms", "200")
                .start();
        installation = new Installation(kafka.bootstrapServers(), "");
        installation.createEvents("user_register", 2);
    }

    @AfterEach
    void uninstall() {
        routers.forEach(Router::close);
        installation.close();
        kafka.close();
    }

    private Router start(String... settings) throws Exception {
        Router router = Router.start(installation.settings(settings));
        routers.add(router);
        router.awaitRunning(LIMIT);
        return router;
    }

    private int emit(int count) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        byte[] value = installation.avro(Events.user("u"));
        for (int i = 0; i < count; i++) {
            sent.add(installation.send(installation.event("user_register", value)));
        }
        sent.forEach(Installation::await);
        return count;
    }

    @Test
    void shouldSurviveARestartOfTheCluster() throws Exception {
        installation.put(Subscriptions.of("s", "*"));
        Router router = start();
        int events = emit(100);
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(10);
        kafka.stop();
        kafka.start();
        events += emit(100);
        RecordMetadata late = installation.put(Subscriptions.of("late", "other"));
        await().until(() -> router.appliedSubscriptions().getOrDefault(late.partition(), -1L) >= late.offset());
        int all = events;
        deliveries.await(records -> records.size() >= all);
        assertThat(positions(deliveries.drain())).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void shouldWaitForATargetTopicThatIsMissingAndLoseNothing() throws Exception {
        installation.put(Subscriptions.of("s", "*"));
        Router router = start();
        routeWhileDeliveriesIsMissing(() -> router.status().events() > 1);
        assertThat(router.state().isFinal()).isFalse();
    }

    @Test
    void shouldRepeatNothingWhenWritesTimeOut() throws Exception {
        installation.put(Subscriptions.of("s", "*"));
        Router router = start(
                "producer.max.block.ms", "2000",
                "producer.request.timeout.ms", "1000",
                "producer.delivery.timeout.ms", "2000");
        routeWhileDeliveriesIsMissing(() -> router.status().faults() >= 3);
        assertThat(router.state().isFinal()).isFalse();
    }

    private void routeWhileDeliveriesIsMissing(Callable<Boolean> enough) throws Exception {
        emit(1);
        installation.readDeliveries().await(1);
        String topic = installation.names.deliveries();
        installation.admin().deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        await().until(() -> !installation.admin().listTopics().names().get().contains(topic));
        int events = emit(50);
        await().until(enough);
        create(topic);
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(events);
        assertThat(positions(deliveries.drain())).hasSize(events).doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveTheSameStateBeforeAndAfterCompaction() throws Exception {
        compactAtOnce(installation.names.subscriptions());
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            installation.put(Subscriptions.of("s-" + i, "other"));
            installation.put(Subscriptions.of("s-" + i, "*"));
            if (i % 3 == 0) {
                installation.delete("s-" + i);
            } else if (i % 3 == 1) {
                installation.put(Subscriptions.filtered("s-" + i, "{", "*"));
            } else {
                expected.add("s-" + i);
            }
        }
        Router before = start();
        emit(1);
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(records -> installation.ids(records).size() >= expected.size());
        assertThat(new HashSet<>(installation.ids(deliveries.drain()))).isEqualTo(expected);
        Set<String> broken = keys(before);
        before.close();

        String stir = "stir";
        await().until(() -> {
            for (int i = 0; i < 40; i++) {
                installation.put(Subscriptions.of(stir + i, "other"));
            }
            return installation.readSubscriptions().drain().size() < 400;
        });
        Router after = start();
        emit(1);
        deliveries.await(records -> installation.ids(records).size() >= 2 * expected.size());
        List<String> second = installation.ids(deliveries.drain());
        assertThat(second).hasSize(2 * expected.size());
        assertThat(new HashSet<>(second)).isEqualTo(expected);
        assertThat(keys(after)).isEqualTo(broken).hasSize(67);
    }

    private static Set<String> keys(Router router) {
        Set<String> keys = new HashSet<>();
        router.problems().forEach(problem -> keys.add(problem.key()));
        return keys;
    }

    private void compactAtOnce(String topic) throws Exception {
        Collection<AlterConfigOp> settings = new ArrayList<>();
        Map.of("segment.ms", "100", "min.cleanable.dirty.ratio", "0.001", "delete.retention.ms", "100")
                .forEach((key, value) ->
                        settings.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        installation
                .admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), settings))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldStartAgainWithTheNewStateWhenTheTopicOfSubscriptionsWasRecreated() throws Exception {
        for (int i = 0; i < 40; i++) {
            installation.put(Subscriptions.of("old-" + i, "*"));
        }
        Router router = start();
        emit(1);
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(records -> installation.ids(records).size() >= 40);
        recreate(installation.names.subscriptions());
        installation.put(Subscriptions.of("new", "user_register"));
        await().until(() -> router.status().subscriptions() == 1);
        await().until(() -> router.state().equals(new RouterState.Running(false)));
        RecordMetadata event = installation.emit("user_register", Events.user("u"));
        deliveries.await(records -> records.stream()
                .map(installation::delivery)
                .anyMatch(d -> d.getPartition() == event.partition()
                        && d.getOffset() == event.offset()
                        && d.getSubscriptions().equals(List.of("new"))));
        assertThat(router.status().faults()).isPositive();
    }

    @Test
    void shouldCloseInTimeWhenTheClusterIsGone() throws Exception {
        installation.put(Subscriptions.of("s", "*"));
        Router router = start();
        emit(10);
        installation.readDeliveries().await(10);
        kafka.stop();
        long before = System.nanoTime();
        router.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(75));
        assertThat(router.state()).isEqualTo(new RouterState.Closed());
        kafka.start();
    }

    @Test
    void shouldWaitForTheClusterAtTheStartAndCloseMeanwhile() throws Exception {
        kafka.stop();
        Router waits = Router.start(installation.settings());
        Router closes = Router.start(installation.settings());
        routers.add(waits);
        routers.add(closes);
        await().until(() -> closes.state().toString().contains("asking Kafka for its topics: "));
        closes.close();
        assertThat(closes.state()).isEqualTo(new RouterState.Closed());
        kafka.start();
        waits.awaitRunning(LIMIT);
    }

    private void recreate(String topic) throws Exception {
        installation.admin().deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        await().until(() -> !installation.admin().listTopics().names().get().contains(topic));
        create(topic);
    }

    private void create(String topic) throws Exception {
        TopicSpec spec = new TopicCatalogue(installation.names, Installation.P)
                .pipeline().stream()
                        .filter(each -> each.name().equals(topic))
                        .findFirst()
                        .orElseThrow();
        installation
                .admin()
                .createTopics(List.of(new NewTopic(topic, Installation.P, (short) 1).configs(spec.config())))
                .all()
                .get(30, TimeUnit.SECONDS);
        await().ignoreExceptions().until(() -> installation.partitions(topic) == Installation.P);
    }

    /** A stream thread that dies of a fault does so with an uncaught exception: that is the point here. */
    private static ConditionFactory await() {
        return Awaitility.await().dontCatchUncaughtExceptions().atMost(LIMIT);
    }

    private List<String> positions(List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(installation::delivery)
                .map(delivery -> delivery.getPartition() + "@" + delivery.getOffset())
                .toList();
    }
}
