package io.hookline.router.instance;

import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.schemas.serde.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the instance's record every few seconds, and at most {@value #CHANGE_MS} ms after the applied subscriptions have changed. A
 * record that cannot be written is logged and followed by the next one: routing goes on without it.
 */
public final class Heartbeat implements AutoCloseable {
    /** Changes closer together than this are told together. */
    static final long CHANGE_MS = 100;

    private static final long LOOK_MS = 20;

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final long WRITE_MS_MAX = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final RecordCodec<Instance> codec;
    private final Identity identity;
    private final Supplier<Map<Integer, Long>> applied;
    private final InstantSource clock;
    private final long intervalMs;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "hookline-router-heartbeat");
    private @Nullable Map<Integer, Long> told;
    private long toldAtMs;

    /**
     * @param producer closed with this
     * @param applied partition of topic {@code subscriptions} to the last offset in effect
     */
    public Heartbeat(
            Producer<byte[], byte[]> producer,
            String topic,
            RecordCodec<Instance> codec,
            Identity identity,
            Supplier<Map<Integer, Long>> applied,
            InstantSource clock,
            Duration interval) {
        this.producer = producer;
        this.topic = topic;
        this.codec = codec;
        this.identity = identity;
        this.applied = applied;
        this.clock = clock;
        this.intervalMs = interval.toMillis();
    }

    /**
     * Writes the first record and goes on by itself. Blocks until the record is there, but no longer than {@value #WRITE_MS_MAX} ms: from
     * then on, whoever waits for all routers to have a subscription waits for this one too.
     */
    public void start() {
        beat(applied.get());
        thread.setDaemon(true);
        thread.start();
    }

    /** Says that the instance is gone, and stops. Blocks for at most {@value #WRITE_MS_MAX} ms twice. */
    @Override
    public void close() {
        stop();
        write(null);
        producer.close(Duration.ofMillis(WRITE_MS_MAX));
    }

    /** Stops without a word, as if the process had died. */
    public void abandon() {
        stop();
        producer.close(Duration.ZERO);
    }

    private void stop() {
        stop.countDown();
        try {
            thread.join(WRITE_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stop.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            log.debug("heartbeat interrupted", e);
        }
    }

    private void tick() {
        try {
            Map<Integer, Long> now = applied.get();
            long quietMs = clock.millis() - toldAtMs;
            if (quietMs >= intervalMs || (quietMs >= CHANGE_MS && !now.equals(told))) {
                beat(now);
            }
        } catch (RuntimeException e) {
            log.warn("heartbeat could not be written: instance={}", identity.id(), e);
        }
    }

    private void beat(Map<Integer, Long> now) {
        Map<String, Long> offsets = new HashMap<>();
        now.forEach((partition, offset) -> offsets.put(partition.toString(), offset));
        Instance record = Instance.newBuilder()
                .setId(identity.id())
                .setRole(InstanceRole.ROUTER)
                .setVersion(identity.version())
                .setHost(identity.host())
                .setStartedAt(identity.startedAt())
                .setBeatAt(clock.instant())
                .setAppliedSubscriptions(offsets)
                .build();
        if (write(codec.encode(record))) {
            told = now;
            toldAtMs = clock.millis();
        }
    }

    private boolean write(byte @Nullable [] value) {
        byte[] key = identity.id().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get(WRITE_MS_MAX, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            log.warn(
                    "heartbeat could not be written: instance={} topic={} reason={}",
                    identity.id(),
                    topic,
                    e.toString());
            return false;
        }
    }
}
