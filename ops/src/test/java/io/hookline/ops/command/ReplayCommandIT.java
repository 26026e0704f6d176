package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Delivery;
import io.hookline.avro.Replay;
import io.hookline.avro.ReplayStatus;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.CommandProcess;
import io.hookline.ops.EventLog;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.replay.ReplayStore;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Events of before are delivered again, and each once, whatever happens to who replays them. */
@ExtendWith(KafkaExtension.class)
class ReplayCommandIT {
    private static final int P = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private OpsKafka ops;
    private KafkaConnection kafka;
    private EventLog events;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, P);
        kafka = ops.connect();
        events = new EventLog(kafka).topic("order_created", 2).topic("user_register", 1);
        hookline = CommandLineFixture.of(ops, home);
    }

    @AfterEach
    void close() {
        kafka.close();
        ops.close();
    }

    @Test
    void shouldCountThenDeliverWhatMatchesAlsoFromBeforeTheSubscription() {
        events.emit("order_created", "acme", 10, i -> "{\"amount\":" + i + "}");
        events.emit("order_created", "other", 5, i -> "{\"amount\":9}");
        events.emit("user_register", "acme", 3, i -> "{\"amount\":9}");
        subscribe("filter: {data: {amount: [{numeric: ['>=', 6]}]}}");

        Ran dry = hookline.run("replay", "--subscription", "crm", "--from", "1h", "--dry-run", "--json");
        List<Delivery> afterDryRun = events.replayed();
        Ran real = hookline.run("replay", "--subscription", "crm", "--from", "1h", "--json");

        assertThat(dry.out())
                .contains(
                        "\"events\":18",
                        "\"deliveries\":7",
                        "\"byType\":{\"order_created\":4,\"user_register\":3}",
                        "\"unreadable\":0");
        assertThat(afterDryRun).isEmpty();
        assertThat(real.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(real.out()).contains("\"status\":\"finished\"", "\"deliveries\":7", "\"offsetsLeft\":0");
        List<Delivery> written = events.replayed();
        assertThat(written).hasSize(7).allSatisfy(delivery -> {
            assertThat(delivery.getSubscriptions()).containsExactly("crm");
            assertThat(delivery.getTenant()).isEqualTo("acme");
            assertThat(delivery.getReplayId()).startsWith("replay_");
            assertThat(delivery.getSubscriptionsOffset()).isNotNegative();
            assertThat(delivery.getHeaders()).hasSize(2);
            assertThat(delivery.getKey()).isNotNull();
        });
        Map<String, List<Long>> byPartition = written.stream()
                .collect(Collectors.groupingBy(
                        d -> d.getTopic() + d.getPartition(),
                        Collectors.mapping(Delivery::getOffset, Collectors.toList())));
        assertThat(byPartition.values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted());
    }

    @Test
    void shouldNarrowDownByTypeFilterTimeAndOffset() {
        events.emit("order_created", "acme", 10, i -> "{\"amount\":" + i + "}");
        events.emit("user_register", "acme", 3, i -> "{\"amount\":" + i + "}");
        subscribe("filter: {data: {amount: [{numeric: ['>=', 6]}]}}");

        assertThat(count("--from", "1h", "--type", "user_register")).isZero();
        assertThat(count("--from", "1h", "--type", "user_register,order.*", "--ignore-filter"))
                .isEqualTo(3);
        assertThat(count("--from", "1h", "--filter", "{\"data\":{\"amount\":[7]}}"))
                .isEqualTo(1);
        assertThat(count("--from", "1h", "--filter", "{\"data\":{\"amount\":[2]}}"))
                .isZero();
        assertThat(count("--from", "1h", "--ignore-filter", "--filter", "{\"data\":{\"amount\":[2]}}"))
                .isEqualTo(2);
        assertThat(count("--from", "2d", "--to", "1d")).isZero();
        assertThat(count("--offsets", "order_created-0:3-3", "--offsets", "order_created-1:0-900"))
                .isEqualTo(3);
    }

    @Test
    void shouldLeaveOutWhatCannotBeRoutedAndSaySo() {
        events.emit("order_created", "acme", 3, i -> i == 1 ? "<xml/>" : "{\"amount\":1}");
        subscribe("");

        Ran ran = hookline.run("replay", "--subscription", "crm", "--from", "1h", "--json");

        assertThat(ran.out()).contains("\"deliveries\":2", "\"unreadable\":1");
        assertThat(ran.err()).contains("1 event left out");
    }

    @Test
    void shouldRefuseWhatIsUnclearOrWouldNotBeSentAndWriteNothing() {
        events.emit("order_created", "acme", 3, i -> "{}");
        subscribe("");

        assertThat(usage("replay")).contains("--subscription is missing");
        assertThat(usage("replay", "--subscription", "crm")).contains("--from TIME", "--offsets");
        assertThat(usage("replay", "--subscription", "crm", "--from", "yesterday"))
                .contains("a time is expected");
        assertThat(usage("replay", "--subscription", "crm", "--from", "1h", "--to", "2h"))
                .contains("is not before");
        assertThat(usage("replay", "--subscription", "crm", "--from", "1h", "--filter", "{"))
                .contains("--filter is not usable");
        assertThat(usage("replay", "--subscription", "crm", "--offsets", "order_created:1"))
                .contains("TYPE-PARTITION:FIRST-LAST");
        assertThat(usage("replay", "--subscription", "crm", "--from", "1h", "--rate", "-1"))
                .contains("--rate -1");
        assertThat(hookline.run("replay", "--subscription", "crn", "--from", "1h")
                        .exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(hookline.run("replay", "--subscription", "crm", "--offsets", "order_created-9:0-1")
                        .exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        hookline.run("subscriptions", "pause", "crm", "--no-wait");
        Ran paused = hookline.run("replay", "--subscription", "crm", "--from", "1h");
        assertThat(paused.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(paused.err()).contains("is paused", "subscriptions resume crm");
        assertThat(hookline.run("replay", "cancel", "replay_x").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(events.replayed()).isEmpty();
        assertThat(hookline.run("replay", "list", "--all").err()).contains("No replays.");
    }

    @Test
    void shouldBeCancelledFromElsewhereAndStayCancelled() {
        events.emit("order_created", "acme", 2_000, i -> "{}");
        subscribe("");
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(
                () -> hookline.run("replay", "--subscription", "crm", "--from", "1h", "--rate", "100"));
        Replay seen = await().atMost(PATIENCE).until(this::only, replay -> replay.getDeliveries() > 0);

        Ran list = hookline.run("replay", "list");
        Ran dry = hookline.run("replay", "cancel", seen.getId(), "--dry-run");
        Ran cancel = hookline.run("replay", "cancel", seen.getId(), "--json");
        Ran ended = running.join();

        assertThat(list.out()).contains(seen.getId(), "running", "--subscription crm --from 1h");
        assertThat(dry.out()).contains("would be cancelled");
        assertThat(cancel.out()).contains("\"status\":\"cancelled\"");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(ended.err()).contains("was cancelled by ", "deliveries");
        Replay last = only();
        assertThat(last.getStatus()).isEqualTo(ReplayStatus.CANCELLED);
        assertThat(last.getDeliveries()).isLessThan(2_000);
        assertThat(events.replayed()).hasSize((int) last.getDeliveries());
        assertThat(hookline.run("replay", "cancel", seen.getId()).exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(hookline.run("replay", "resume", seen.getId()).exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(hookline.run("replay", "list").out()).isEmpty();
        assertThat(hookline.run("replay", "list", "--all").out()).contains("cancelled");
    }

    @Test
    void shouldGiveWayToASecondStartWhichGoesOnWhereTheFirstWas() {
        events.emit("order_created", "acme", 500, i -> "{}");
        subscribe("");
        CompletableFuture<Ran> first = CompletableFuture.supplyAsync(
                () -> hookline.run("replay", "--subscription", "crm", "--from", "1h", "--rate", "50"));
        await().atMost(PATIENCE).until(this::only, replay -> replay.getDeliveries() > 0);

        Ran second = hookline.run("replay", "--subscription", "crm", "--from", "1h", "--rate", "0", "--json");

        assertThat(first.join().exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(first.join().err()).contains("taken over");
        assertThat(second.err()).contains("Continuing replay_", "--new");
        assertThat(second.out()).contains("\"deliveries\":500", "\"status\":\"finished\"");
        assertThat(offsets()).hasSize(500);
        assertThat(events.replayed()).hasSize(500);
    }

    /** The promise of the issue: 100,000 events, three kill -9, each event exactly once. */
    @Test
    void shouldWriteEachEventExactlyOnceThroughThreeKills() {
        int count = 100_000;
        events.emit("order_created", "acme", count, i -> "{\"amount\":" + i + "}");
        subscribe("");
        String[] command = {"replay", "--subscription", "crm", "--from", "1h", "--rate", "20000"};
        long before = 0;
        for (int kill = 1; kill <= 3; kill++) {
            long past = before;
            try (CommandProcess process = CommandProcess.start(ops, command)) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> !process.isAlive() || replayedSoFar() > past + 5_000);
                assertThat(process.isAlive())
                        .as("replay %s still runs when it is killed", kill)
                        .isTrue();
                process.kill();
            }
            before = replayedSoFar();
            assertThat(before).as("after kill %s", kill).isLessThan(count);
        }

        Ran rest = hookline.run("replay", "--subscription", "crm", "--from", "1h", "--rate", "0", "--json");

        assertThat(rest.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rest.out()).contains("\"events\":" + count, "\"deliveries\":" + count);
        List<Delivery> written = events.replayed();
        assertThat(written).hasSize(count);
        assertThat(new HashSet<>(written.stream().map(Delivery::getReplayId).toList()))
                .hasSize(1);
        assertThat(offsets()).hasSize(count);
    }

    private long replayedSoFar() {
        try (ReplayStore store = new ReplayStore(kafka)) {
            return store.all().stream().mapToLong(Replay::getDeliveries).sum();
        }
    }

    private Replay only() {
        try (ReplayStore store = new ReplayStore(kafka)) {
            List<Replay> all = store.all();
            return all.isEmpty()
                    ? Replay.newBuilder()
                            .setId("")
                            .setSubscription("")
                            .setRules(List.of())
                            .setRanges(List.of())
                            .setStartedAt(java.time.Instant.EPOCH)
                            .setUpdatedAt(java.time.Instant.EPOCH)
                            .build()
                    : all.get(0);
        }
    }

    private Set<String> offsets() {
        return events.replayed().stream()
                .map(d -> d.getPartition() + "@" + d.getOffset())
                .collect(Collectors.toSet());
    }

    private long count(String... more) {
        List<String> line =
                new java.util.ArrayList<>(List.of("replay", "--subscription", "crm", "--dry-run", "--json"));
        line.addAll(List.of(more));
        Ran ran = hookline.run(line.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        return Long.parseLong(ran.out().replaceAll("(?s).*\"deliveries\":(\\d+).*", "$1"));
    }

    private String usage(String... line) {
        Ran ran = hookline.run(line);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        return ran.err();
    }

    private void subscribe(String more) {
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            service.apply(
                    SubscriptionDocument.parse("x.yaml", """
                    id: crm
                    tenant: acme
                    url: https://crm.example
                    eventTypes: ['*']
                    """ + more + "\n").documents());
        }
    }
}
