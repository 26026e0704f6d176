package io.hookline.ops.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class SubscriptionServiceIT {
    private OpsKafka ops;
    private KafkaConnection kafka;
    private SubscriptionService service;

    @BeforeEach
    void open(KafkaSpace space) throws Exception {
        ops = new OpsKafka(space, 4);
        kafka = ops.connect();
        service = SubscriptionService.open(kafka);
    }

    @AfterEach
    void close() {
        service.close();
        kafka.close();
        ops.close();
    }

    @Test
    void shouldCreateChangePauseResumeAndDelete() {
        assertThat(kinds(service.apply(documents("a")))).containsExactly(Outcome.Kind.CREATED);
        assertThat(kinds(service.apply(documents("a")))).containsExactly(Outcome.Kind.UNCHANGED);
        Outcome updated =
                service.apply(List.of(document("a", "description: new"))).get(0);
        assertThat(updated.kind()).isEqualTo(Outcome.Kind.UPDATED);
        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.offset()).isEqualTo(stored("a").offset());
        assertThat(kinds(service.pause(List.of("a", "b")))).containsExactly(Outcome.Kind.UPDATED, Outcome.Kind.MISSING);
        assertThat(subscription("a").getStatus()).isEqualTo(SubscriptionStatus.PAUSED);
        assertThat(kinds(service.resume(List.of("a")))).containsExactly(Outcome.Kind.UPDATED);
        assertThat(subscription("a").getVersion()).isEqualTo(4);
        assertThat(kinds(service.delete(List.of("a")))).containsExactly(Outcome.Kind.DELETED);
        assertThat(service.get("a")).isEmpty();
        assertThat(kinds(service.delete(List.of("a")))).containsExactly(Outcome.Kind.MISSING);
        assertThat(service.apply(documents("a")).get(0).version()).isEqualTo(1);
    }

    @Test
    void shouldWriteNothingWhenOneOfManyIsRefused() {
        service.apply(documents("a"));

        List<Outcome> outcomes = service.apply(List.of(document("b", ""), document("a", "version: 9")));

        assertThat(kinds(outcomes)).containsExactly(Outcome.Kind.CREATED, Outcome.Kind.REFUSED);
        assertThat(outcomes.get(0).offset()).isEqualTo(-1);
        assertThat(service.get("b")).isEmpty();
    }

    @Test
    void shouldOnlyPlanInADryRun() {
        assertThat(kinds(service.plan(documents("a")))).containsExactly(Outcome.Kind.CREATED);
        assertThat(service.get("a")).isEmpty();
        service.apply(documents("a"));
        assertThat(kinds(service.planDelete(List.of("a", "x"))))
                .containsExactly(Outcome.Kind.DELETED, Outcome.Kind.MISSING);
        assertThat(kinds(service.planStatus(List.of("a"), false))).containsExactly(Outcome.Kind.UPDATED);
        assertThat(subscription("a").getVersion()).isEqualTo(1);
    }

    /** Every writer increments what it read; were one write lost or made from an unseen state, the versions would not add up. */
    @Test
    void shouldRefuseATenantMoreSubscriptionsThanItMayHave() {
        Map<String, String> settings = new HashMap<>(ops.settings());
        settings.put("subscriptions.per.tenant.max", "2");
        try (KafkaConnection limited = KafkaConnection.open(settings);
                SubscriptionService guarded = SubscriptionService.open(limited)) {
            assertThat(kinds(guarded.apply(documents("a", "b")))).containsOnly(Outcome.Kind.CREATED);

            Outcome third = guarded.apply(documents("c")).get(0);
            assertThat(third.kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(third.refusal()).contains("has 2 subscriptions", "at most 2", "subscriptions.per.tenant.max");
            assertThat(kinds(guarded.plan(documents("c")))).containsExactly(Outcome.Kind.REFUSED);
            assertThat(kinds(guarded.apply(documents("a", "b")))).containsOnly(Outcome.Kind.UNCHANGED);

            String other = "id: c\ntenant: u\nurl: https://partner.example/\neventTypes: ['*']\n";
            List<SubscriptionDocument> ofAnother =
                    SubscriptionDocument.parse("test", other).documents();
            assertThat(kinds(guarded.apply(ofAnother))).containsExactly(Outcome.Kind.CREATED);
            assertThat(kinds(guarded.apply(documents("c")))).containsExactly(Outcome.Kind.REFUSED);
            guarded.delete(List.of("a"));
            assertThat(kinds(guarded.apply(documents("c", "d"))))
                    .containsExactly(Outcome.Kind.UPDATED, Outcome.Kind.REFUSED);
            assertThat(guarded.get("d")).isEmpty();
        }
    }

    @Test
    void shouldNeverLoseAWriteWhenServicesRace() throws Exception {
        int writers = 3;
        int writes = 5;
        service.apply(documents("hot"));
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        try {
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                tasks.add(() -> {
                    List<Long> versions = new ArrayList<>();
                    try (KafkaConnection own = ops.connect();
                            SubscriptionService racing = SubscriptionService.open(own)) {
                        start.await(30, TimeUnit.SECONDS);
                        for (int i = 0; i < writes; i++) {
                            Outcome outcome = untilWritten(racing, "description: " + writer + "-" + i);
                            versions.add(outcome.version());
                        }
                    }
                    return versions;
                });
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> future : pool.invokeAll(tasks, 3, TimeUnit.MINUTES)) {
                List<Long> versions = future.get();
                assertThat(versions).isSorted().doesNotHaveDuplicates();
                all.addAll(versions);
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 1 + writers * writes)
                            .mapToObj(Long::valueOf)
                            .toList());
        } finally {
            pool.shutdownNow();
        }
        assertThat(versionsInTheLog("hot"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1 + writers * writes)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void shouldLetOneOfTwoWinThatStartFromTheSameVersion() throws Exception {
        service.apply(documents("a"));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Outcome.Kind> kinds = new ArrayList<>();
        try {
            List<Callable<Outcome>> tasks = IntStream.range(0, 2)
                    .<Callable<Outcome>>mapToObj(i -> () -> {
                        try (KafkaConnection own = ops.connect();
                                SubscriptionService racing = SubscriptionService.open(own)) {
                            start.await(30, TimeUnit.SECONDS);
                            return racing.apply(List.of(document("a", "version: 1\ndescription: by " + i)))
                                    .get(0);
                        }
                    })
                    .toList();
            for (Future<Outcome> future : pool.invokeAll(tasks, 1, TimeUnit.MINUTES)) {
                kinds.add(future.get().kind());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(kinds).containsExactlyInAnyOrder(Outcome.Kind.UPDATED, Outcome.Kind.REFUSED);
        assertThat(subscription("a").getVersion()).isEqualTo(2);
    }

    /** A service that died between its write and its commit leaves an open transaction; the next one ends it and goes on. */
    @Test
    void shouldEndTheOpenTransactionOfADeadService() {
        service.apply(documents("a"));
        Producer<byte[], byte[]> dead = kafka.producer(ops.prefix + "hookline.subscriptions");
        dead.initTransactions();
        dead.beginTransaction();
        byte[] half = kafka.codec(Subscription.class)
                .encode(Subscription.newBuilder(subscription("a"))
                        .setVersion(77)
                        .build());
        send(
                dead,
                new ProducerRecord<>(
                        kafka.names().subscriptions(), stored("a").partition(), "a".getBytes(UTF_8), half));
        dead.flush();

        Outcome outcome =
                service.apply(List.of(document("a", "description: after"))).get(0);

        assertThat(outcome.version()).isEqualTo(2);
        assertThatThrownBy(dead::commitTransaction)
                .isInstanceOfAny(ProducerFencedException.class, RuntimeException.class);
        dead.close(java.time.Duration.ZERO);
        assertThat(versionsInTheLog("a")).containsExactly(1L, 2L);
    }

    @Test
    void shouldApplyTenThousandAtOnce() {
        List<SubscriptionDocument> many = IntStream.range(0, 10_000)
                .mapToObj(i -> document("bulk-" + i, ""))
                .toList();
        long startNs = System.nanoTime();

        List<Outcome> first = service.apply(many);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        List<Outcome> again = service.apply(many);

        assertThat(first).allMatch(o -> o.kind() == Outcome.Kind.CREATED && o.offset() >= 0 && o.newSecret() != null);
        assertThat(first.stream().map(Outcome::id))
                .containsExactlyElementsOf(
                        many.stream().map(SubscriptionDocument::id).toList());
        assertThat(again).allMatch(o -> o.kind() == Outcome.Kind.UNCHANGED);
        assertThat(seconds).isLessThan(60);
        Map<String, Long> counted = new HashMap<>();
        service.forEach(s -> counted.merge(s.id(), 1L, Long::sum));
        assertThat(counted).hasSize(10_000).allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
    }

    @Test
    void shouldReportWhatOthersWroteWronglyAndDeleteIt() {
        Producer<byte[], byte[]> foreign = kafka.producer(ops.prefix + "foreign");
        foreign.initTransactions();
        foreign.beginTransaction();
        String topic = kafka.names().subscriptions();
        int own = io.hookline.schemas.topic.SubscriptionPartition.of("broken", 4);
        send(foreign, new ProducerRecord<>(topic, own, "broken".getBytes(UTF_8), "not avro".getBytes(UTF_8)));
        send(
                foreign,
                new ProducerRecord<>(topic, (own + 1) % 4, "broken".getBytes(UTF_8), "elsewhere".getBytes(UTF_8)));
        send(foreign, new ProducerRecord<>(topic, 0, "not an id".getBytes(UTF_8), "foreign".getBytes(UTF_8)));
        foreign.commitTransaction();
        foreign.close();

        Outcome refused = service.apply(documents("broken")).get(0);
        List<String> listed = new ArrayList<>();
        service.forEach(s -> listed.add(s.id() + " " + (s.unreadable() != null)));

        assertThat(refused.kind()).isEqualTo(Outcome.Kind.REFUSED);
        assertThat(refused.refusal()).contains("cannot be read", "hookline subscriptions delete broken");
        assertThat(listed).containsExactly("broken true");
        assertThat(kinds(service.delete(List.of("broken")))).containsExactly(Outcome.Kind.DELETED);
        assertThat(kinds(service.apply(documents("broken")))).containsExactly(Outcome.Kind.CREATED);
    }

    private static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }

    private static Outcome untilWritten(SubscriptionService racing, String line) {
        for (int i = 0; i < 20; i++) {
            try {
                return racing.apply(List.of(document("hot", line))).get(0);
            } catch (ContentionException e) {
                // The others were faster twelve times; a person would try again, too.
            }
        }
        throw new AssertionError("never written: " + line);
    }

    private List<Long> versionsInTheLog(String id) {
        List<Long> versions = new ArrayList<>();
        var codec = kafka.codec(Subscription.class);
        try (PartitionReader reader = new PartitionReader(kafka)) {
            reader.readAll(PartitionReader.all(kafka.names().subscriptions(), 4), PartitionReader.Open.WAIT, read -> {
                if (new String(read.key(), UTF_8).equals(id)) {
                    versions.add(codec.decodeBlocking(read.value()).getVersion());
                }
            });
        }
        return versions;
    }

    private StoredSubscription stored(String id) {
        return service.get(id).orElseThrow();
    }

    private Subscription subscription(String id) {
        return stored(id).subscription();
    }

    private static List<Outcome.Kind> kinds(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::kind).collect(Collectors.toList());
    }

    private static List<SubscriptionDocument> documents(String... ids) {
        return java.util.Arrays.stream(ids).map(id -> document(id, "")).toList();
    }

    private static SubscriptionDocument document(String id, String more) {
        return SubscriptionDocumentTest.document(
                "id: " + id + "\ntenant: t\nurl: https://x.example\neventTypes: ['*']\n" + more + "\n");
    }
}
