package io.hookline.deploy.secured;

import static io.hookline.deploy.secured.SecuredKafka.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.deliverer.Deliverer;
import io.hookline.deliverer.reach.Reach;
import io.hookline.ops.access.Role;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadReplay;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.RouterWatch;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.ops.topic.Finding;
import io.hookline.ops.topic.Topics;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.router.Router;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicSpec;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With exactly the ACLs that are shipped, everything works, and nobody can do anything else. */
class SecuredPipelineIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int P = 2;

    @TempDir
    private static Path directory;

    private static SecuredKafka kafka;
    private static ScriptedReceiver receiver;
    private static Router router;
    private static Deliverer deliverer;

    @BeforeAll
    static void start() throws Exception {
        receiver = ScriptedReceiver.start();
        kafka = new SecuredKafka(directory);
        try (KafkaConnection creator = KafkaConnection.open(kafka.settings(Role.CREATOR))) {
            List<TopicSpec> topics = new ArrayList<>(new TopicCatalogue(NAMES, P).pipeline());
            topics.add(new TopicCatalogue(NAMES, P).events("order", P));
            new Topics(creator).create(topics, 1, false);
            assertThat(new Topics(creator).check()).noneMatch(Finding::problem);
        }
        router = Router.start(kafka.settings(Role.ROUTER));
        Map<String, String> settings = kafka.settings(Role.DELIVERER);
        settings.put(Reach.SCHEMES, "http");
        settings.put(Reach.PORTS, "1-65535");
        settings.put(Reach.NETWORKS, "127.0.0.0/8");
        deliverer = Deliverer.start(settings);
        router.awaitRunning(SOON);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {deliverer, router, kafka, receiver}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void shouldRegisterEmitDeliverGiveUpAndReplayWithTheseRightsAlone() {
        ScriptedEndpoint endpoint = receiver.endpoint("/order", Scripts.status(500));
        String text = "id: o\ntenant: t\nurl: " + endpoint.url()
                + "\neventTypes: [order]\nretrySchedule: 1s\nbreaker: false\n";
        try (KafkaConnection operator = KafkaConnection.open(kafka.settings(Role.OPERATOR))) {
            try (SubscriptionService service = SubscriptionService.open(operator)) {
                Map<Integer, Long> written = new HashMap<>();
                for (Outcome outcome :
                        service.apply(SubscriptionDocument.parse("test", text).documents())) {
                    written.put(outcome.partition(), outcome.offset());
                }
                assertThat(new RouterWatch(operator).await(written, SOON))
                        .isInstanceOf(RouterWatch.Result.Applied.class);
            }
            Map<String, String> settings = kafka.settings(Role.PRODUCER);
            settings.put("event.source", "/shop");
            try (EventProducer events = EventProducer.create(settings)) {
                events.emit(Event.of("order", "{\"n\":1}").tenant("t")).join();
            }
            await().atMost(SOON).until(() -> replayable(operator) == 1);

            try (KafkaConnection observer = KafkaConnection.open(kafka.settings(Role.OBSERVER));
                    SubscriptionService looking = SubscriptionService.open(observer)) {
                assertThat(looking.get("o")).isPresent();
                assertThat(replayable(observer)).isEqualTo(1);
            }
            endpoint.script(Scripts.ok());
            assertThat(new DeadReplay(operator)
                            .run(DeadLetterQuery.of("o"), false, count -> {})
                            .replayed())
                    .isEqualTo(1);
            await().atMost(SOON).until(() -> endpoint.answeredWith(200) == 1);
            assertThat(endpoint.distinctIds()).isEqualTo(1);
        }
    }

    private static long replayable(KafkaConnection as) {
        return new DeadReplay(as)
                .run(DeadLetterQuery.of("o"), true, count -> {})
                .replayed();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldRefuseEachRoleEverythingElse(Role role) throws Exception {
        Set<String> topics = new TreeSet<>(Set.of(NAMES.events("order"), "_schemas", "__consumer_offsets"));
        new TopicCatalogue(NAMES, P).pipeline().forEach(topic -> topics.add(topic.name()));
        try (Attacker attacker = new Attacker(kafka.client(role))) {
            assertThat(attacker.readable(topics)).containsExactlyInAnyOrderElementsOf(mayRead(role));
            assertThat(attacker.writable(topics)).containsExactlyInAnyOrderElementsOf(mayWrite(role));
            assertThat(attacker.groups(NAMES.routerGroup(), NAMES.delivererGroup(), "another"))
                    .isEqualTo(mayFollow(role));
            assertThat(attacker.memberships(NAMES.routerGroup(), NAMES.delivererGroup(), "another"))
                    .isEqualTo(mayJoin(role));
            assertThat(attacker.transactionalIds(
                            NAMES.routerGroup() + "-1",
                            NAMES.delivererGroup() + "-1-0",
                            "shop.hookline.subscriptions",
                            "x"))
                    .isEqualTo(mayTransact(role));
            assertThat(attacker.canCreateTopic("other.topic")).isFalse();
            assertThat(attacker.canCreateTopic(NAMES.events("new"))).isEqualTo(role == Role.CREATOR);
            assertThat(attacker.canDeleteOrAlter(NAMES.subscriptions())).isFalse();
            assertThat(attacker.canGrantItself(NAMES.subscriptions())).isFalse();
        }
    }

    /** Written down here a second time, by what each does, and not taken from the code that is attacked. */
    private static Set<String> mayRead(Role role) {
        return switch (role) {
            case PRODUCER, CREATOR -> Set.of();
            case ROUTER -> Set.of(NAMES.events("order"), NAMES.operations(), NAMES.subscriptions());
            case DELIVERER ->
                with(
                        retries(),
                        NAMES.deliveries(),
                        NAMES.deliveriesReplay(),
                        NAMES.subscriptions(),
                        NAMES.delivererState());
            case OBSERVER, OPERATOR ->
                with(
                        retries(),
                        NAMES.events("order"),
                        NAMES.operations(),
                        NAMES.subscriptions(),
                        NAMES.deliveries(),
                        NAMES.deliveriesReplay(),
                        NAMES.delivererState(),
                        NAMES.deliveriesDead(),
                        NAMES.deliveriesDeadMarks(),
                        NAMES.attempts(),
                        NAMES.pipelineDead(),
                        NAMES.replays(),
                        NAMES.instances());
        };
    }

    private static Set<String> mayWrite(Role role) {
        return switch (role) {
            case OBSERVER, CREATOR -> Set.of();
            case PRODUCER -> Set.of(NAMES.events("order"), NAMES.operations());
            case ROUTER -> Set.of(NAMES.deliveries(), NAMES.pipelineDead(), NAMES.instances());
            case DELIVERER ->
                with(
                        retries(),
                        NAMES.deliveriesDead(),
                        NAMES.attempts(),
                        NAMES.operations(),
                        NAMES.delivererState(),
                        NAMES.pipelineDead());
            case OPERATOR ->
                Set.of(NAMES.subscriptions(), NAMES.deliveriesReplay(), NAMES.deliveriesDeadMarks(), NAMES.replays());
        };
    }

    /** Whose offsets it may see; operators do, to show what waits. */
    private static Set<String> mayFollow(Role role) {
        return switch (role) {
            case ROUTER -> Set.of(NAMES.routerGroup());
            case DELIVERER -> Set.of(NAMES.delivererGroup());
            case OBSERVER, OPERATOR -> Set.of(NAMES.routerGroup(), NAMES.delivererGroup());
            case PRODUCER, CREATOR -> Set.of();
        };
    }

    private static Set<String> mayJoin(Role role) {
        return switch (role) {
            case ROUTER -> Set.of(NAMES.routerGroup());
            case DELIVERER -> Set.of(NAMES.delivererGroup());
            case PRODUCER, OBSERVER, OPERATOR, CREATOR -> Set.of();
        };
    }

    private static Set<String> mayTransact(Role role) {
        return switch (role) {
            case ROUTER -> Set.of(NAMES.routerGroup() + "-1");
            case DELIVERER -> Set.of(NAMES.delivererGroup() + "-1-0");
            case OPERATOR -> Set.of("shop.hookline.subscriptions");
            case PRODUCER, OBSERVER, CREATOR -> Set.of();
        };
    }

    private static Set<String> retries() {
        return Stream.of(RetryTier.values()).map(NAMES::deliveriesRetry).collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
