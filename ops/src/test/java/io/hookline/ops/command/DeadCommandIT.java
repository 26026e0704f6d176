package io.hookline.ops.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Reason;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadReplay;
import io.hookline.ops.dead.ReplayResult;
import io.hookline.ops.dead.ReplayTakenOverException;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.schemas.event.DeadLetterHeaders;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class DeadCommandIT {
    private static final int P = 3;

    @TempDir
    Path home;

    private OpsKafka ops;
    private KafkaConnection kafka;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, P);
        kafka = ops.connect();
        hookline = CommandLineFixture.of(ops, home);
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            service.apply(SubscriptionDocument.parse("x.yaml", """
                    id: crm
                    tenant: acme
                    url: https://crm.example
                    eventTypes: ['*']
                    ---
                    id: vip
                    platformWide: true
                    url: https://vip.example
                    eventTypes: ['*']
                    """).documents());
        }
    }

    @AfterEach
    void close() {
        kafka.close();
        ops.close();
    }

    @Test
    void shouldCountAndListByWhatIsAskedFor() {
        write(
                dead("crm", 1, Reason.TIMEOUT),
                dead("crm", 2, Reason.TIMEOUT),
                dead("crm", 3, Reason.SERVER_ERROR),
                dead("vip", 4, Reason.GONE),
                range("vip", 1_000));

        Ran all = hookline.run("dead", "list");
        Ran counts = hookline.run("dead", "list", "--count", "--json");
        Ran timeouts = hookline.run("dead", "list", "--reason", "timeout", "--json");
        Ran ofAnother = hookline.run("dead", "list", "--tenant", "other");
        Ran recent = hookline.run("dead", "list", "--since", "1h", "--json");
        Ran old = hookline.run("dead", "list", "--until", "1h", "--json");
        Ran future = hookline.run("dead", "list", "--since", "2100-01-01T00:00:00Z", "--json");

        assertThat(all.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(all.out().lines().map(l -> l.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("vip - unknown 1000 "))
                .anyMatch(line -> line.startsWith("crm order_created timeout 2 "));
        assertThat(all.err()).contains("1004 dead deliveries in all");
        assertThat(counts.out().lines()).hasSize(4).first().asString().contains("\"deliveries\":1000");
        assertThat(timeouts.out().lines()).hasSize(2).allMatch(line -> line.contains("\"reason\":\"timeout\""));
        assertThat(ofAnother.err()).contains("No dead letters.");
        assertThat(recent.out().lines()).hasSize(5);
        assertThat(old.out()).isEmpty();
        assertThat(future.out()).isEmpty();
    }

    @Test
    void shouldShowTheEventAndTheLastAnswer() throws Exception {
        write(dead("crm", 7, Reason.SERVER_ERROR));
        String id = ids("crm").get(0);

        Ran json = hookline.run("dead", "show", id, "--json");
        Ran people = hookline.run("dead", "show", id);
        Ran missing = hookline.run("dead", "show", "0-999", "99-0");
        Ran nonsense = hookline.run("dead", "show", "crm");

        JsonNode shown = new ObjectMapper().readTree(json.out());
        assertThat(shown.get("event").toString()).isEqualTo("{\"n\":7}");
        assertThat(shown.get("lastAnswer").asText()).isEqualTo("boom\u001b");
        assertThat(people.out()).contains("detail", "gave up", "boom?").doesNotContain("\u001b");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(nonsense.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldReplayOnceHoweverOftenItIsRun() {
        write(
                dead("crm", 1, Reason.TIMEOUT),
                dead("vip", 2, Reason.TIMEOUT),
                dead("crm", 3, Reason.GONE),
                range("crm", 9));

        Ran dry = hookline.run("dead", "replay", "--subscription", "crm", "--dry-run");
        List<Delivery> afterDryRun = replayed();
        Ran first = hookline.run("dead", "replay", "--subscription", "crm");
        Ran second = hookline.run("dead", "replay", "--subscription", "crm", "--json");
        List<Delivery> once = replayed();
        Ran again = hookline.run("dead", "replay", "--subscription", "crm", "--reason", "gone", "--again");

        assertThat(dry.out()).isEqualTo("2 dead letters would be replayed\n");
        assertThat(afterDryRun).isEmpty();
        assertThat(first.out()).startsWith("2 dead letters replayed as replay_");
        assertThat(first.err()).contains("1 counted range left out");
        assertThat(second.out()).contains("\"replayed\":0");
        assertThat(once).hasSize(2);
        assertThat(once.get(0).getSubscriptions()).containsExactly("crm");
        assertThat(once.get(0).getEvent()).isEqualTo(ByteBuffer.wrap("{\"n\":1}".getBytes(UTF_8)));
        assertThat(once.get(0).getOffset()).isEqualTo(1);
        assertThat(once.get(0).getReplayId()).isNotNull();
        assertThat(once.get(0).getSubscriptionsOffset()).isNotNegative();
        assertThat(once.stream().map(Delivery::getOffset)).isSorted();
        assertThat(again.out()).startsWith("1 dead letter replayed");
        assertThat(replayed()).hasSize(3);
        assertThat(hookline.run("dead", "list", "--json").out().lines())
                .allMatch(line -> line.contains("\"subscription\":\"vip\"") || line.contains("\"deliveries\":9"));
        assertThat(hookline.run("dead", "list", "--all", "--json").out())
                .contains("\"state\":\"replayed\"", "\"state\":\"open\"");
    }

    @Test
    void shouldExportWhatIsSelectedOneObjectALine() throws Exception {
        write(dead("crm", 1, Reason.TIMEOUT), dead("crm", 2, Reason.GONE), range("crm", 9));

        Ran all = hookline.run("dead", "export", "--subscription", "crm");
        Ran one = hookline.run("dead", "export", "--reason", "gone");
        Ran none = hookline.run("dead", "export", "--subscription", "crn");

        List<JsonNode> objects = new ArrayList<>();
        for (String line : all.out().lines().toList()) {
            objects.add(new ObjectMapper().readTree(line));
        }
        assertThat(objects).hasSize(3);
        assertThat(objects.get(0).get("event").toString()).isEqualTo("{\"n\":1}");
        assertThat(objects.get(0).get("detail").asText()).isEqualTo("gave up");
        assertThat(objects.get(2).get("event").isNull()).isTrue();
        assertThat(objects.get(2).get("deliveries").asLong()).isEqualTo(9);
        assertThat(one.out().lines()).hasSize(1);
        assertThat(none.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(all.err()).contains("3 dead letters exported");
    }

    @Test
    void shouldDiscardWithAReasonOnceAndNeitherReplayNorListWhatIsDiscarded() {
        write(dead("crm", 1, Reason.TIMEOUT), dead("crm", 2, Reason.GONE), range("crm", 9));
        String first = ids("crm").get(0);

        Ran unclear = hookline.run("dead", "discard", "--because", "x");
        Ran silent = hookline.run("dead", "discard", "--subscription", "crm", "--because", " ");
        Ran unknown = hookline.run("dead", "discard", first, "0-99999", "--because", "x");
        Ran dry = hookline.run("dead", "discard", "--reason", "gone", "--because", "x", "--dry-run");
        int openBefore = ids("crm").size();
        Ran one = hookline.run("dead", "discard", first, "--because", "refunded, ticket 881");
        Ran again = hookline.run("dead", "discard", first, "--because", "x", "--json");
        Ran replay = hookline.run("dead", "replay", "--subscription", "crm", "--json");
        Ran shown = hookline.run("dead", "show", first);
        Ran rest = hookline.run("dead", "discard", "--everything", "--because", "closed");

        assertThat(List.of(unclear.exitCode(), silent.exitCode())).containsOnly(ExitCode.USAGE);
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(dry.out()).isEqualTo("1 dead letter would be discarded\n");
        assertThat(openBefore).isEqualTo(3);
        assertThat(one.out()).isEqualTo("1 dead letter discarded\n");
        assertThat(again.out()).contains("\"discarded\":0", "\"doneBefore\":1");
        assertThat(replay.out()).contains("\"replayed\":1", "\"doneBefore\":1");
        assertThat(shown.out()).contains("discardedBecause", "refunded, ticket 881", "discarded");
        assertThat(rest.out()).isEqualTo("1 dead letter discarded\n");
        assertThat(ids("crm")).isEmpty();
        assertThat(replayed()).hasSize(1);
    }

    @Test
    void shouldReplayNamedOnesAndRefuseUnclearSelections() {
        write(dead("crm", 1, Reason.TIMEOUT), dead("crm", 2, Reason.TIMEOUT), dead("gone", 3, Reason.TIMEOUT));
        String second = ids("crm").get(1);

        assertThat(hookline.run("dead", "replay").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(hookline.run("dead", "replay", "--everything", "--tenant", "acme")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(hookline.run("dead", "replay", "--reason", "nonsense", "--everything")
                        .err())
                .contains("known are");
        assertThat(replayed()).isEmpty();
        Ran named = hookline.run("dead", "replay", second);
        assertThat(named.out()).startsWith("1 dead letter replayed");
        assertThat(replayed()).extracting(Delivery::getOffset).containsExactly(2L);
        Ran twice = hookline.run("dead", "replay", second);
        assertThat(twice.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(twice.err()).contains("1 dead letter left out: replayed or discarded before", "--again");
        Ran excluded = hookline.run("dead", "replay", second, "--again", "--reason", "gone");
        assertThat(excluded.err()).contains("1 dead letter left out: named, but not what the other options select");
        Ran deleted = hookline.run("dead", "replay", "--everything");
        assertThat(deleted.out()).startsWith("1 dead letter replayed");
        assertThat(deleted.err()).contains("1 dead letter of gone left out: the subscription is deleted");
    }

    /** A wrong argument changes nothing; what is there is not replayed beside it. */
    @Test
    void shouldReplayNothingWhereANamedOneDoesNotExist() {
        write(dead("crm", 1, Reason.TIMEOUT));
        String known = ids("crm").get(0);

        Ran mixed = hookline.run("dead", "replay", known, "0-99999", "99-1");
        Ran alone = hookline.run("dead", "replay", "0-99999", "--json");
        Ran dry = hookline.run("dead", "replay", known, "0-99999", "--dry-run");

        assertThat(List.of(mixed.exitCode(), alone.exitCode(), dry.exitCode())).containsOnly(ExitCode.NOT_FOUND);
        assertThat(mixed.err())
                .contains("there is no dead letter 0-99999", "there is no dead letter 99-1", "Nothing was replayed");
        assertThat(mixed.out() + alone.out() + dry.out()).isEmpty();
        assertThat(replayed()).isEmpty();
        assertThat(hookline.run("dead", "replay", known).out()).startsWith("1 dead letter replayed");
    }

    @Test
    void shouldEndAlikeHoweverWhatCannotBeReplayedIsSelected() {
        write(dead("gone", 1, Reason.TIMEOUT), range("vip", 5));

        for (String subscription : List.of("gone", "vip")) {
            String id = ids(subscription).get(0);
            Ran named = hookline.run("dead", "replay", id);
            Ran selected = hookline.run("dead", "replay", "--subscription", subscription);

            assertThat(named.exitCode()).isEqualTo(selected.exitCode());
            assertThat(named.err()).isEqualTo(selected.err());
            assertThat(named.exitCode()).isEqualTo(subscription.equals("gone") ? ExitCode.NOT_FOUND : ExitCode.OK);
        }
    }

    @Test
    void shouldRefuseToReplayWhatWouldNotBeSentAndMarkNothing() {
        write(dead("crm", 1, Reason.TIMEOUT), dead("vip", 2, Reason.GONE));
        hookline.run("subscriptions", "pause", "crm", "--no-wait");
        EndpointState.disable(kafka, "vip");

        Ran paused = hookline.run("dead", "replay", "--subscription", "crm");
        Ran disabled = hookline.run("dead", "replay", "--subscription", "vip", "--json");
        Ran both = hookline.run("dead", "replay", "--everything");
        List<Delivery> none = replayed();
        hookline.run("subscriptions", "resume", "crm", "vip", "--no-wait");
        Ran resumed = hookline.run("dead", "replay", "--everything");

        assertThat(paused.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(paused.err()).contains("1 dead letter of crm left out: it is paused", "subscriptions resume crm");
        assertThat(disabled.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(disabled.out()).contains("\"replayed\":0", "\"disabled\":1", "\"paused\":0");
        assertThat(both.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(both.err()).contains("of crm left out", "of vip left out: it is disabled (gone since 2026-");
        assertThat(none).isEmpty();
        assertThat(resumed.out()).startsWith("2 dead letters replayed");
        assertThat(replayed()).hasSize(2);
    }

    /** Interrupted by failures between batches, started twice at once: each dead letter is replayed exactly once. */
    @Test
    void shouldReplayEachExactlyOnceThroughInterruptionsAndTakeovers() {
        int letters = 3_500;
        DeadLetter[] many = new DeadLetter[letters];
        for (int i = 0; i < letters; i++) {
            many[i] = dead("crm", i, Reason.TIMEOUT);
        }
        write(many);
        DeadLetterQuery query = DeadLetterQuery.of("crm");

        assertThatThrownBy(() -> new DeadReplay(kafka).run(query, false, n -> {
                    throw new IllegalStateException("killed after a commit");
                }))
                .isInstanceOf(IllegalStateException.class);
        ReplayResult[] other = new ReplayResult[1];
        assertThatThrownBy(() -> new DeadReplay(kafka).run(query, false, n -> {
                    if (other[0] == null) {
                        other[0] = new DeadReplay(kafka).run(query, false, m -> {});
                    }
                }))
                .isInstanceOf(ReplayTakenOverException.class);
        ReplayResult rest = new DeadReplay(kafka).run(query, false, n -> {});

        assertThat(other[0].replayed()).isEqualTo(letters - 2_000);
        assertThat(rest.replayed()).isZero();
        List<Delivery> all = replayed();
        assertThat(all).hasSize(letters);
        assertThat(new HashSet<>(all.stream().map(Delivery::getOffset).toList()))
                .hasSize(letters);
        assertThat(all.stream().map(Delivery::getOffset)).isSorted();
    }

    private List<String> ids(String subscription) {
        List<String> ids = new ArrayList<>();
        for (String line : hookline.run("dead", "list", "--subscription", subscription, "--json")
                .out()
                .split("\n", -1)) {
            if (!line.isEmpty()) {
                ids.add(line.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"));
            }
        }
        return ids;
    }

    private List<Delivery> replayed() {
        List<Delivery> deliveries = new ArrayList<>();
        var codec = kafka.codec(Delivery.class);
        try (PartitionReader reader = new PartitionReader(kafka)) {
            reader.readAll(
                    PartitionReader.all(kafka.names().deliveriesReplay(), P),
                    PartitionReader.Open.WAIT,
                    read -> deliveries.add(codec.decodeBlocking(read.value())));
        }
        return deliveries;
    }

    private void write(DeadLetter... letters) {
        var codec = kafka.codec(DeadLetter.class);
        transaction(producer -> {
            for (DeadLetter letter : letters) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        kafka.names().deliveriesDead(),
                        SubscriptionPartition.of(letter.getSubscription(), P),
                        letter.getSubscription().getBytes(UTF_8),
                        codec.encode(letter));
                DeadLetterHeaders.write(letter, record.headers());
                var unused = producer.send(record);
            }
        });
    }

    private void transaction(Consumer<Producer<byte[], byte[]>> work) {
        try (Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            work.accept(producer);
            producer.commitTransaction();
        }
    }

    private static DeadLetter dead(String subscription, int n, Reason reason) {
        Delivery delivery = Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(("{\"n\":" + n + "}").getBytes(UTF_8)))
                .setHeaders(List.of(EventHeader.newBuilder()
                        .setName("content-type")
                        .setValue(ByteBuffer.wrap("application/json".getBytes(UTF_8)))
                        .build()))
                .setTopic("events.order_created")
                .setPartition(0)
                .setOffset(n)
                .setRecordedAt(Instant.now())
                .setType("order_created")
                .setTenant("acme")
                .setSubscriptions(List.of(subscription))
                .build();
        return DeadLetter.newBuilder()
                .setSubscription(subscription)
                .setCause(DeadCause.EXHAUSTED)
                .setReason(reason)
                .setDetail("gave up")
                .setWebhookId("msg_" + n)
                .setDelivery(delivery)
                .setAttempts(2)
                .setFirstAttemptAt(Instant.now())
                .setLastStatus(500)
                .setLastAnswer(ByteBuffer.wrap("boom\u001b".getBytes(UTF_8)))
                .setDeadAt(Instant.now())
                .build();
    }

    private static DeadLetter range(String subscription, long count) {
        return DeadLetter.newBuilder()
                .setSubscription(subscription)
                .setCause(DeadCause.RETENTION)
                .setDeadAt(Instant.now())
                .setRange(DeadRange.newBuilder()
                        .setTopic("deliveries")
                        .setPartition(0)
                        .setFirstOffset(0)
                        .setLastOffset(count)
                        .setCount(count)
                        .build())
                .build();
    }
}
