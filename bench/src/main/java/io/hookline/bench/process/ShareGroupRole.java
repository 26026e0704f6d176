package io.hookline.bench.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The peer that Kafka brings: share consumers that take a batch, send all of it at once with the asynchronous client, and acknowledge each when all
 * are answered, since the next poll asks for that. Several, so that one sends while another fetches.
 */
final class ShareGroupRole implements Role {
    private static final int CONSUMERS = 4;
    private static final long ANSWERS_SECONDS_MAX = 60;

    private final Work work;
    private final Ledger ledger;
    private final AsyncPosts posts;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    ShareGroupRole(Map<String, String> settings) throws Exception {
        work = Work.of(settings);
        ledger = new Ledger(work);
        posts = new AsyncPosts(work.url(), work.inFlight());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", work.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, work.group()),
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.isolation.level", "read_committed"))))
                    .all()
                    .get();
        }
        for (int i = 0; i < CONSUMERS; i++) {
            Thread thread = new Thread(this::run, "share-consumer-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private void run() {
        try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        work.bootstrapServers(),
                        "group.id",
                        work.group(),
                        "max.poll.records",
                        work.inFlight() / CONSUMERS,
                        "share.acknowledgement.mode",
                        "explicit"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(work.topic()));
            while (closing.getCount() > 0) {
                List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
                consumer.poll(Duration.ofMillis(100)).forEach(batch::add);
                if (!batch.isEmpty()) {
                    deliver(batch, consumer);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<ConsumerRecord<byte[], byte[]>> batch, KafkaShareConsumer<byte[], byte[]> consumer)
            throws InterruptedException {
        CountDownLatch open = new CountDownLatch(batch.size());
        AtomicIntegerArray statuses = new AtomicIntegerArray(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = batch.get(i);
            Signed signed = ledger.sign(record);
            long startedNs = System.nanoTime();
            int at = i;
            posts.post(Ledger.endpoint(record), signed, record.value(), status -> {
                statuses.set(at, status);
                if (status == 200) {
                    ledger.attempted(record, signed, startedNs, status);
                }
                open.countDown();
            });
        }
        if (!open.await(ANSWERS_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(open.getCount() + " of " + batch.size() + " POSTs have no answer.");
        }
        for (int i = 0; i < batch.size(); i++) {
            consumer.acknowledge(
                    batch.get(i), statuses.get(i) == 200 ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
        }
        consumer.commitAsync();
    }

    @Override
    public String greeting() {
        return "started";
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledger.close();
        posts.close();
    }
}
