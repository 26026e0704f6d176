package io.hookline.bench.process;

import io.hookline.avro.Attempt;
import io.hookline.avro.NextStep;
import io.hookline.avro.Reason;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deliverer.sign.Signer;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What every peer does for a delivery besides its POST: the same signature as the deliverer's, made by the same class, and the same record of the
 * attempt, acknowledged by all replicas. Any thread.
 */
final class Ledger implements AutoCloseable {
    private final Work work;
    private final SchemaRegistryClient registry;
    private final RecordCodec<Attempt> codec;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ThreadLocal<Signer> signers = ThreadLocal.withInitial(() ->
            new Signer(List.of(new Signer.Key(new HmacSecret(new byte[HmacSecret.BYTES_MIN]), OptionalLong.empty()))));

    Ledger(Work work) {
        this.work = work;
        this.registry = SchemaRegistryClient.create(Map.of(RegistrySettings.URL, work.registryUrl()));
        this.codec = RecordCodec.of(Attempt.class, registry);
        codec.prepare();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", work.bootstrapServers(), "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static int endpoint(ConsumerRecord<byte[], byte[]> record) {
        return Integer.parseInt(new String(record.key(), StandardCharsets.US_ASCII));
    }

    Signed sign(ConsumerRecord<byte[], byte[]> record) {
        String id = "msg_" + record.partition() + "x" + record.offset();
        long now = System.currentTimeMillis() / 1_000;
        return new Signed(id, Long.toString(now), signers.get().sign(id, now, record.value()));
    }

    /**
     * Records an attempt. Any other answer than a success ends the benchmark: there is none that fails.
     *
     * @param startedNs when it began, {@link System#nanoTime}
     */
    void attempted(ConsumerRecord<byte[], byte[]> record, Signed signed, long startedNs, int status) {
        if (status != 200) {
            throw new IllegalStateException("The receiver answered " + status + " to " + signed.id() + ".");
        }
        long latencyUs = (System.nanoTime() - startedNs) / 1_000;
        Attempt attempt = new Attempt(
                1,
                signed.id(),
                new String(record.key(), StandardCharsets.US_ASCII),
                "order_created",
                "acme",
                1,
                Instant.ofEpochMilli(System.currentTimeMillis() - latencyUs / 1_000),
                latencyUs,
                status,
                Reason.SUCCESS,
                "",
                null,
                NextStep.DELIVERED,
                null,
                null);
        var unused = producer.send(
                new ProducerRecord<>(work.attempts(), record.partition(), record.key(), codec.encode(attempt)));
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
    }
}
