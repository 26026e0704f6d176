package io.hookline.router;

import static io.hookline.router.support.Installation.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.router.support.Events;
import io.hookline.router.support.Installation;
import io.hookline.router.support.RouterTestBase;
import io.hookline.router.support.Subscriptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterIT extends RouterTestBase {
    @Test
    void shouldWriteOneRecordForEachPartitionWithTheEventUntouched() throws Exception {
        installation.createEvents("user_register", 2);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add("sub-" + i);
            installation.put(Subscriptions.of("sub-" + i, "user_register"));
        }
        start();
        byte[] value = installation.avro(Events.user("u1"));
        ProducerRecord<byte[], byte[]> event = installation.event("user_register", value);
        event.headers().add("x-twice", utf8("1")).add("x-null", null).add("x-twice", utf8("2"));
        RecordMetadata sent = Installation.await(installation.send(event));

        List<ConsumerRecord<byte[], byte[]>> records =
                installation.readDeliveries().await(Installation.P);

        assertThat(records).hasSize(Installation.P);
        assertThat(installation.ids(records)).containsExactlyInAnyOrderElementsOf(ids);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Delivery delivery = installation.delivery(record);
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
            assertThat(delivery.getSubscriptions()).allMatch(id -> installation.partitionOf(id) == record.partition());
            assertThat(bytes(delivery.getEvent())).isEqualTo(value);
            assertThat(bytes(delivery.getKey())).isEqualTo(utf8("key"));
            assertThat(delivery.getTopic()).isEqualTo(sent.topic());
            assertThat(delivery.getPartition()).isEqualTo(sent.partition());
            assertThat(delivery.getOffset()).isEqualTo(sent.offset());
            assertThat(delivery.getRecordedAt()).isEqualTo(Instant.ofEpochMilli(sent.timestamp()));
            assertThat(delivery.getType()).isEqualTo("user_register");
            assertThat(delivery.getTenant()).isEqualTo(Subscriptions.TENANT);
            assertThat(headers(delivery)).isEqualTo(headers(event));
        }
    }

    @Test
    void shouldFollowASubscriptionThroughItsLife() throws Exception {
        installation.createEvents("user_register", 1);
        installation.createEvents("order_created", 1);
        Router router = start();
        Installation.Reader deliveries = installation.readDeliveries();
        installation.emit("user_register", Events.user("before"));
        awaitRouted(router, 1);

        awaitApplied(router, installation.put(Subscriptions.of("s", "user_register")));
        RecordMetadata created = installation.emit("user_register", Events.user("created"));
        awaitRouted(router, 2);
        Subscription changed = Subscriptions.of("s", "order_created");
        awaitApplied(router, installation.put(changed));
        installation.emit("user_register", Events.user("no longer"));
        RecordMetadata other = installation.emit("order_created", Events.order("o1", "1.00"));
        awaitRouted(router, 4);
        changed.setStatus(SubscriptionStatus.PAUSED);
        awaitApplied(router, installation.put(changed));
        RecordMetadata paused = installation.emit("order_created", Events.order("o2", "1.00"));
        awaitRouted(router, 5);
        awaitApplied(router, installation.delete("s"));
        installation.emit("order_created", Events.order("o3", "1.00"));
        awaitRouted(router, 6);
        awaitApplied(router, installation.put(Subscriptions.of("last", "order_created")));
        RecordMetadata last = installation.emit("order_created", Events.order("o4", "1.00"));

        List<ConsumerRecord<byte[], byte[]>> records = deliveries.await(4);
        assertThat(pairs(records))
                .containsExactlyInAnyOrder(
                        position(created) + " -> s",
                        position(other) + " -> s",
                        position(paused) + " -> s",
                        position(last) + " -> last");
        assertThat(router.status().subscriptions()).isEqualTo(1);
    }

    @Test
    void shouldNameAnOffsetThatCoversWhatMatched() throws Exception {
        installation.createEvents("user_register", 1);
        RecordMetadata written = installation.put(Subscriptions.of("s", "*"));
        start();
        installation.emit("user_register", Events.user("u"));
        Delivery delivery =
                installation.delivery(installation.readDeliveries().await(1).get(0));
        assertThat(delivery.getSubscriptionsOffset()).isEqualTo(written.offset());
    }

    @Test
    void shouldKeepTenantsApart() throws Exception {
        installation.createEvents("user_register", 1);
        Subscription other = Subscriptions.of("other", "*");
        other.setTenant("globex");
        Subscription all = Subscriptions.of("all", "*");
        all.setTenant(null);
        all.setPlatformWide(true);
        installation.put(Subscriptions.of("own", "*"));
        installation.put(other);
        installation.put(all);
        start();
        RecordMetadata own = installation.emit("user_register", Events.user("u"));
        ProducerRecord<byte[], byte[]> bare =
                new ProducerRecord<>(installation.names.events("user_register"), installation.avro(Events.user("u")));
        RecordMetadata nobodys = Installation.await(installation.send(bare));

        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(records -> installation.ids(records).size() >= 3);
        assertThat(pairs(deliveries.drain()))
                .containsExactlyInAnyOrder(
                        position(own) + " -> own", position(own) + " -> all", position(nobodys) + " -> all");
    }

    @Test
    void shouldMatchOnlyWhatWasRecordedFromTheCreationOn() throws Exception {
        installation.createEvents("user_register", 1);
        RecordMetadata event = installation.emit("user_register", Events.user("u"));
        Subscription later = Subscriptions.of("later", "*");
        later.setCreatedAt(Instant.ofEpochMilli(event.timestamp() + 1));
        Subscription same = Subscriptions.of("same", "*");
        same.setCreatedAt(Instant.ofEpochMilli(event.timestamp()));
        installation.put(later);
        installation.put(same);
        start();
        assertThat(installation.ids(installation.readDeliveries().await(1))).containsExactly("same");
    }

    @Test
    void shouldEvaluateFiltersOverAvroAndJson() throws Exception {
        installation.createEvents("order_created", 1);
        installation.put(
                Subscriptions.filtered("vip", "{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}", "order_created"));
        installation.put(
                Subscriptions.filtered("one", "{\"data\":{\"orderId\":[\"o2\"]}}", "order_*", "order_created"));
        start();
        RecordMetadata cheap = installation.emit("order_created", Events.order("o1", "100.00"));
        RecordMetadata dear = installation.emit("order_created", Events.order("o2", "100.01"));
        RecordMetadata json = installation.emitJson("order_created", " {\"orderId\":\"o3\",\"amount\":100.01}");
        RecordMetadata cheapJson = installation.emitJson("order_created", "{\"orderId\":\"o3\",\"amount\":99}");

        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(2);
        assertThat(cheap.offset()).isLessThan(cheapJson.offset());
        assertThat(pairs(deliveries.drain()))
                .containsExactlyInAnyOrder(position(dear) + " -> vip", position(json) + " -> vip");
    }

    @Test
    void shouldPutWhatCannotBeDecodedAsideOnceAndGoOn() throws Exception {
        String topic = installation.createEvents("order_created", 1);
        installation.put(Subscriptions.of("all", "*"));
        installation.put(Subscriptions.filtered("vip", "{\"data\":{\"amount\":[{\"numeric\":[\">\",1]}]}}", "*"));
        start();
        Installation.await(installation.send(installation.event("order_created", utf8("garbage"))));
        Installation.await(installation.send(installation.event("order_created", null)));
        byte[] cut = installation.avro(Events.order("o1", "5.00"));
        RecordMetadata truncated = Installation.await(
                installation.send(installation.event("order_created", java.util.Arrays.copyOf(cut, 8))));
        installation.emitJson("order_created", "<xml/>");
        RecordMetadata brokenJson = installation.emitJson("order_created", "{\"amount\":");
        ProducerRecord<byte[], byte[]> badHeader = installation.event("order_created", cut);
        badHeader.headers().add("ce_time", utf8("yesterday"));
        Installation.await(installation.send(badHeader));
        RecordMetadata good = installation.emit("order_created", Events.order("o2", "5.00"));

        Installation.Reader reader = installation.readDead();
        List<PipelineDead> dead =
                reader.await(6).stream().map(installation::dead).toList();
        assertThat(dead.stream().map(PipelineDead::getOffset)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(dead.stream().map(PipelineDead::getFault).limit(5)).containsOnly(PipelineFault.UNDECODABLE);
        assertThat(dead.get(5).getFault()).isEqualTo(PipelineFault.INVALID_HEADERS);
        assertThat(dead).allMatch(record -> record.getTopic().equals(topic));
        assertThat(dead.get(1).getDetail()).contains("tombstone");
        assertThat(bytes(dead.get(0).getValue())).isEqualTo(utf8("garbage"));
        assertThat(reader.poll().get(0).key()).isEqualTo(utf8("key"));

        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(records -> installation.ids(records).contains("vip"));
        assertThat(pairs(deliveries.drain()))
                .containsExactlyInAnyOrder(
                        position(truncated) + " -> all",
                        position(brokenJson) + " -> all",
                        position(good) + " -> all",
                        position(good) + " -> vip");
    }

    @ParameterizedTest
    @ValueSource(strings = {RouterSettings.EXACTLY_ONCE, RouterSettings.AT_LEAST_ONCE})
    void shouldIgnoreWhatAnAbortedTransactionWrote(String guarantee) throws Exception {
        installation.createEvents("user_register", 1);
        Router router = start(RouterSettings.PROCESSING_GUARANTEE, guarantee);
        byte[] value = installation.avro(Events.user("u"));
        try (KafkaProducer<byte[], byte[]> writer = installation.transactionalProducer()) {
            writer.initTransactions();
            for (boolean commit : new boolean[] {false, true, false}) {
                String id = commit ? "committed" : "aborted";
                writer.beginTransaction();
                writer.send(installation.putRecord(Subscriptions.of(id, "*"))).get();
                if (commit) {
                    writer.commitTransaction();
                } else {
                    writer.abortTransaction();
                }
            }
            Awaitility.await().atMost(LIMIT).until(() -> router.status().subscriptions() == 1);
            for (boolean commit : new boolean[] {false, true, false, true}) {
                writer.beginTransaction();
                writer.send(installation.event("user_register", value)).get();
                if (commit) {
                    writer.commitTransaction();
                } else {
                    writer.abortTransaction();
                }
            }
        }
        Installation.Reader deliveries = installation.readDeliveries();
        deliveries.await(2);
        assertThat(installation.ids(deliveries.drain())).containsExactly("committed", "committed");
        assertThat(router.status().events()).isEqualTo(2);
    }

    @Test
    void shouldReportBrokenSubscriptionsAndGoOnWithTheOthers() throws Exception {
        installation.createEvents("user_register", 1);
        int wrong = (installation.partitionOf("wrong") + 1) % Installation.P;
        byte[] wrongValue =
                installation.putRecord(Subscriptions.of("wrong", "*")).value();
        Router router = start();
        awaitApplied(router, installation.put(Subscriptions.of("good", "*")));
        awaitApplied(router, installation.put(Subscriptions.of("later-broken", "*")));

        raw("undecodable", utf8("garbage"));
        raw("poison", new byte[] {0, 0, 1, 0, 0, 1});
        raw("key-differs", wrongValue);
        Installation.await(installation.send(
                new ProducerRecord<>(installation.names.subscriptions(), wrong, utf8("wrong"), wrongValue)));
        Installation.await(
                installation.send(new ProducerRecord<>(installation.names.subscriptions(), utf8("no id!"), utf8("x"))));
        installation.put(Subscriptions.filtered("bad-filter", "{\"data\":{\"a\":[{\"nope\":1}]}}", "*"));
        installation.put(Subscriptions.of("bad-type", "a b"));
        Subscription newer = Subscriptions.of("newer", "*");
        newer.setFormatVersion(99);
        installation.put(newer);
        Subscription nobodys = Subscriptions.of("no-tenant", "*");
        nobodys.setTenant(null);
        installation.put(nobodys);
        installation.put(Subscriptions.filtered("later-broken", "{", "*"));

        Awaitility.await().atMost(LIMIT).until(() -> router.problems().size() == 10);
        assertThat(router.problems()).extracting("key").doesNotContain("good").contains("later-broken", "no id!");
        assertThat(router.state()).isEqualTo(new RouterState.Running(false));
        installation.emit("user_register", Events.user("u"));
        assertThat(installation.ids(installation.readDeliveries().await(1))).containsExactly("good");

        RecordMetadata mended = installation.put(Subscriptions.of("later-broken", "*"));
        awaitApplied(router, mended);
        assertThat(router.problems()).hasSize(9).extracting("key").doesNotContain("later-broken");
    }

    private void raw(String key, byte[] value) {
        Installation.await(
                installation.send(new ProducerRecord<>(installation.names.subscriptions(), utf8(key), value)));
    }

    @Test
    void shouldSayThatItLivesWhatItAppliedAndThatItIsGone() throws Exception {
        RecordMetadata first = installation.put(Subscriptions.of("one", "*"));
        Router router = start(RouterSettings.INSTANCE_ID, "router-a", RouterSettings.BEAT_INTERVAL_MS, "60000");
        Installation.Reader instances = installation.readInstances();
        instances.await(records -> applied(records, first));
        long before = System.nanoTime();
        RecordMetadata second = installation.put(Subscriptions.of("two", "*"));
        instances.await(records -> applied(records, second));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));

        Instance instance = installation.instance(last(instances.poll()));
        assertThat(instance.getId()).isEqualTo("router-a");
        assertThat(instance.getRole()).isEqualTo(InstanceRole.ROUTER);
        assertThat(new String(last(instances.poll()).key(), StandardCharsets.UTF_8))
                .isEqualTo("router-a");

        router.close();
        assertThat(router.state()).isEqualTo(new RouterState.Closed());
        instances.await(records -> last(records).value() == null);
    }

    private boolean applied(List<ConsumerRecord<byte[], byte[]>> records, RecordMetadata written) {
        return !records.isEmpty()
                && installation
                        .instance(last(records))
                        .getAppliedSubscriptions()
                        .getOrDefault(Integer.toString(written.partition()), -1L)
                        .equals(written.offset());
    }

    private static ConsumerRecord<byte[], byte[]> last(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.get(records.size() - 1);
    }

    private static String position(RecordMetadata metadata) {
        return metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<String> headers(Delivery delivery) {
        return delivery.getHeaders().stream()
                .map(h -> h.getName() + "=" + (h.getValue() == null ? null : text(bytes(h.getValue()))))
                .toList();
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> event) {
        List<String> all = new ArrayList<>();
        event.headers().forEach(h -> all.add(h.key() + "=" + (h.value() == null ? null : text(h.value()))));
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
